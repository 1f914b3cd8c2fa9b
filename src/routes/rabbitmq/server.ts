import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ROUTE_CATALOG } from '../../shared/routes/route-catalog';
import { executable, findProgram, freePort } from '../server/find-program';
import type { ServerPlan, ServerRecipe } from '../server/recipe';

/** The script itself: the wrapper on the path changes the user. */
const SCRIPTS = ['/usr/lib/rabbitmq/bin/rabbitmq-server', '/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server'];

export const rabbitmqServer: ServerRecipe = {
  title: 'rabbitmq-server',
  find() {
    const file = SCRIPTS.find(executable);
    return file === undefined || findProgram('epmd') === null
      ? { missing: 'rabbitmq-server is not installed.', install: ROUTE_CATALOG.rabbitmq.install as string }
      : { file };
  },
  async plan(file, folder) {
    const [port, distributionPort, epmdPort] = [await freePort(), await freePort(), await freePort()];
    await writeSettings(folder, port);
    return plan(file, folder, { port, distributionPort, epmdPort });
  },
};

interface Ports {
  port: number;
  distributionPort: number;
  epmdPort: number;
}

async function writeSettings(folder: string, port: number): Promise<void> {
  for (const part of ['home', 'mnesia', 'log', 'generated', 'schema'])
    await mkdir(join(folder, part), { recursive: true, mode: 0o700 });
  const cookie = join(folder, 'home', '.erlang.cookie');
  if (!existsSync(cookie)) {
    await writeFile(cookie, randomBytes(24).toString('hex'), { mode: 0o400 });
    await chmod(cookie, 0o400);
  }
  await writeFile(join(folder, 'enabled_plugins'), '[].\n');
  await writeFile(
    join(folder, 'rabbitmq.conf'),
    [
      `listeners.tcp.default = 127.0.0.1:${port}`,
      'log.console = true',
      'log.console.level = info',
      'log.file = false',
      'vm_memory_high_watermark.absolute = 512MiB',
      'disk_free_limit.absolute = 64MB',
      '',
    ].join('\n'),
  );
}

function plan(file: string, folder: string, { port, distributionPort, epmdPort }: Ports): ServerPlan {
  const shared = {
    PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
    HOME: join(folder, 'home'),
    LANG: 'C.UTF-8',
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    processes: [
      {
        // In the foreground and first: otherwise the node starts one that outlives everything.
        name: 'epmd',
        file: findProgram('epmd') ?? 'epmd',
        args: ['-address', '127.0.0.1', '-port', String(epmdPort)],
        env: shared,
        ready: { port: epmdPort },
        words: 'standard error',
        readyTimeoutMs: 30_000,
        stopTimeoutMs: 5_000,
      },
      {
        name: 'rabbitmq-server',
        file,
        args: [],
        env: {
          ...shared,
          RABBITMQ_CONF_ENV_FILE: '/dev/null',
          RABBITMQ_NODENAME: `bulkhead-${basename(folder).replaceAll(/[^A-Za-z0-9]/g, '')}@localhost`,
          RABBITMQ_BASE: folder,
          RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
          RABBITMQ_LOG_BASE: join(folder, 'log'),
          RABBITMQ_LOGS: '-',
          RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
          RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
          RABBITMQ_GENERATED_CONFIG_DIR: join(folder, 'generated'),
          RABBITMQ_SCHEMA_DIR: join(folder, 'schema'),
          RABBITMQ_DIST_PORT: String(distributionPort),
          // The pid of the process that is started is then the node's own.
          RABBITMQ_ALLOW_INPUT: '1',
          RABBITMQ_SERVER_START_ARGS: '-noinput -kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +A 4',
        },
        ready: { line: 'Server startup complete' },
        words: 'standard output',
        readyTimeoutMs: 180_000,
        stopTimeoutMs: 20_000,
      },
    ],
  };
}
