import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describeWriteFailure, makeFolder, writeOutput } from '../../node/output-file';
import { printResults } from '../../node/print-results';
import { serverRecipe } from '../../routes/server/recipes';
import { EXIT } from '../../shared/bench/exit-code';
import { isPrinted, STANDARD_OUTPUT } from '../../shared/standard-output';
import { loadExitCode } from '../../shared/load/exit-code';
import type { LoadForm, RouteChoice } from '../../shared/load/form';
import { type LocustInput, locustFiles } from '../../shared/load/locust';
import { loadReportHtml } from '../../shared/load/report-html';
import { loadText } from '../../shared/load/report-text';
import { chooseRoutes, type LoadOutput, type LoadRequest } from '../../shared/load/request';
import { judgeLoad } from '../../shared/load/thresholds';
import { titleOf } from '../../shared/load/verdict';
import { type Message, render, say } from '../../shared/messages/message';
import type { Environment } from '../../shared/snapshot';
import { EventLog } from '../event-log';
import { ProcessGroup } from '../hosts/process-group';
import { readFigures } from '../processes/figure-source';
import { ownSystem } from '../processes/own-system';
import { ProcessRegistry } from '../processes/process-registry';
import { StandardOutput } from '../standard-output';
import { defaultMode } from './default-mode';
import { LoadService } from './load-service';
import { postByLocust } from './locust-run';
import { LoadProgress } from './progress';
import { realPrograms } from './programs';
import { serve } from './serve';
import { readTrafficFile } from './traffic-file';

export interface LoadCommand {
  request: LoadRequest;
  output: LoadOutput;
  environment: Environment;
  trafficFile: string;
  /** What Locust reads. */
  locustfile: string;
  /** The built app's `out/main`. */
  outDirectory: string;
  /** A directory of mode 0700 for what the servers write. */
  directory: string;
  /** Aborted by Ctrl+C: what was posted so far is counted and told. */
  signal: AbortSignal;
}

const LOOK_EVERY_MS = 100;

/** `bulkhead load` from the request to the exit code. */
export async function loadCommand(command: LoadCommand): Promise<number> {
  const { request, signal } = command;
  const choice = chooseRoutes(request, defaultMode);
  if ('refused' in choice) {
    tell(choice.refused);
    return EXIT.badArguments;
  }
  const { chosen, named } = choice;
  // Before anything is started: it would be in vain.
  const traffic =
    request.serve === null && request.form.file !== null ? await readTrafficFile(request.form.file) : null;
  if (traffic?.status === 'failed') {
    tell(traffic.message);
    return EXIT.failed;
  }
  const events = new EventLog();
  const service = serviceFor(command, chosen, events);
  try {
    tell(say('load.starting', { titles: chosen.map(titleOf) }));
    await Promise.race([service.prepared(chosen), aborted(signal)]);
    if (signal.aborted) return EXIT.interrupted;
    const missing = tellRoutes(service, chosen);
    if (missing > 0 && named) return EXIT.unavailable;
    if (request.serve !== null) return await serve(service, chosen, signal);
    const form = { ...request.form, routes: chosen };
    const { engine } = request;
    if (engine.kind === 'embedded') return await post(service, form, command, named);
    tell(say('load.locust-running', { workers: engine.workers }));
    const { environment, trafficFile, locustfile, directory, output } = command;
    const progress = new LoadProgress(output.progress === 'terminal');
    const saved = await postByLocust({
      ...{ service, events, environment, form, locustfile, trafficFile, directory, signal, readFigures },
      workers: engine.workers,
      onProgress: (view) => progress.show(view),
    });
    progress.end();
    return await conclude(saved, command, named);
  } catch (error) {
    console.error((error as Error).message);
    return EXIT.failed;
  } finally {
    await service.shutDown();
  }
}

function serviceFor(
  { request, environment, trafficFile, outDirectory, directory }: LoadCommand,
  chosen: readonly RouteChoice[],
  events: EventLog,
): LoadService {
  const registry = new ProcessRegistry(ownSystem());
  const port = request.serve?.port ?? 0;
  return new LoadService({
    environment,
    trafficFile,
    ...(port === 0
      ? {}
      : {
          ports: {
            collector: port,
            routes: Object.fromEntries(chosen.map(({ route }, index) => [route, port + 1 + index])),
          },
        }),
    house: {
      events,
      env: process.env,
      programs: realPrograms(outDirectory, registry),
      serverRecipe,
      newGroup: (spec) => new ProcessGroup(spec, events, registry),
      removeGroup: (group) => group.stop(),
      readFigures,
      directory: () => directory,
      changed: () => undefined,
    },
  });
}

/** Says where each is and which processes it has, or why it can't be had. Returns how many can't. */
function tellRoutes(service: LoadService, chosen: readonly RouteChoice[]): number {
  let missing = 0;
  for (const choice of chosen) {
    const runner = service.runners.get(choice.route);
    if (runner === undefined) continue;
    const title = titleOf(choice);
    const { status } = runner;
    if (status.kind === 'unavailable') {
      missing += 1;
      tell(say('load.unavailable', { title, cause: status.reason, install: status.install }));
    } else {
      const processes = runner.hosts.map(({ id, pid }) =>
        say('load.process', { role: id.slice(id.indexOf('/') + 1), pid }),
      );
      tell(say('load.up', { title, url: runner.url, processes }));
    }
  }
  return missing;
}

async function post(service: LoadService, form: LoadForm, command: LoadCommand, named: boolean): Promise<number> {
  const { output, signal } = command;
  const progress = new LoadProgress(output.progress === 'terminal');
  service.onChanged(() => progress.show(service.view()));
  const stop = () => {
    tell(say('load.interrupted'));
    service.stop();
  };
  const outcome = service.start(form);
  if (!outcome.ok) {
    tell(outcome.message);
    return EXIT.failed;
  }
  signal.addEventListener('abort', stop);
  while (['starting', 'running', 'settling'].includes(service.state.kind)) await delay(LOOK_EVERY_MS);
  signal.removeEventListener('abort', stop);
  progress.end(service.view());
  if (service.state.kind === 'failed') {
    tell(service.state.reason);
    return EXIT.failed;
  }
  const { saved } = service;
  return saved === null ? EXIT.interrupted : conclude(saved, command, named);
}

/** Tells and writes the result. */
async function conclude(saved: LocustInput, { output, request }: LoadCommand, named: boolean): Promise<number> {
  const verdicts = request.thresholds.map((threshold) => judgeLoad(threshold, saved.result.routes));
  const problems = await writeResults(
    saved,
    output,
    verdicts.map(({ told }) => told),
  );
  for (const problem of problems) tell(problem);
  if (isPrinted(output)) for (const { result, told } of verdicts) if (result === 'failed') tell(told);
  const code = loadExitCode(saved.result, verdicts, named);
  return code === EXIT.good && problems.length > 0 ? EXIT.failed : code;
}

async function writeResults(saved: LocustInput, output: LoadOutput, verdicts: readonly Message[]): Promise<Message[]> {
  const { json, csv, html } = output;
  const files = [
    ...(json === null ? [] : [{ path: json, text: `${JSON.stringify(saved.result, null, 2)}\n` }]),
    ...(html === null ? [] : [{ path: html, text: loadReportHtml(saved.result, saved.points) }]),
    ...(csv === null ? [] : locustFiles(saved).map(({ name, text }) => ({ path: join(csv, name), text }))),
  ];
  const report = `\n${loadText(saved.result)}${verdicts.map((told) => `${render(told)}\n`).join('')}`;
  const problems = await print(files.find(({ path }) => path === STANDARD_OUTPUT)?.text ?? report);
  for (const { path, text } of files) {
    if (path === STANDARD_OUTPUT) continue;
    try {
      await makeFolder(join(path, '..'));
      await writeOutput(path, [text]);
    } catch (error) {
      problems.push(describeWriteFailure(path, error));
    }
  }
  return problems;
}

/** Gives what stood in the way. A paused terminal must not hold up the end of the servers. */
async function print(text: string): Promise<Message[]> {
  const output = new StandardOutput();
  if (!output.isTerminal) {
    const unprinted = await printResults([text]);
    return unprinted === null ? [] : [unprinted];
  }
  output.write(text);
  await output.flush();
  return [];
}

/** To standard error: standard output is for results. */
function tell(message: Message): void {
  console.error(render(message).replaceAll(/[\u202f\u00a0]/g, ' '));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
}
