import { expect, test } from 'vitest';
import { exampleChannel, exampleRecording } from '../../../tests/schema/example-recording';
import { htmlReport } from './html';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h1"/></svg>';
const charts = {
  latency: `<?xml version="1.0" encoding="UTF-8"?>\n${SVG.replace('<path', '<path id="latency"')}`,
  percentiles: SVG.replace('<path', '<path id="percentiles"'),
};
const report = async (name = 'echo') => htmlReport(exampleRecording([await exampleChannel(name)]), charts);

test('both charts stand in the page itself', async () => {
  const html = await report();
  expect(html).toContain('id="latency"');
  expect(html).toContain('id="percentiles"');
});

test("a chart's XML declaration is left out: HTML has none", async () => {
  expect(await report()).not.toContain('<?xml');
});

test('nothing in the page is fetched from anywhere', async () => {
  const html = await report();
  // Names of XML namespaces are not addresses to go to.
  const rest = html.replaceAll(/ xmlns(:\w+)?="[^"]*"/g, '');
  expect(rest).not.toMatch(/https?:|\/\/[a-z]/i);
  expect(rest).not.toMatch(/<(link|script|img|iframe|object|embed|base)\b/i);
  expect(rest).not.toMatch(/@import|url\(/i);
});

test('its policy allows no script and no connection', async () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(await report())?.[1];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/script-src|connect-src|https?:/);
});

test.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'&<>"])(
  'the name %j is shown as text',
  async (name) => {
    const html = await report(name);
    expect(html).not.toContain(name);
    const shown = html.replaceAll(/&#(\d+);/g, (_entity, code) => String.fromCharCode(Number(code)));
    expect(shown).toContain(name);
  },
);

test('labels and details of events are shown as text', () => {
  const recording = exampleRecording([]);
  const [event] = recording.events;
  if (event !== undefined) Object.assign(event, { label: '<b>label', detail: '<i>detail' });
  const html = htmlReport(recording, charts);
  expect(html).not.toMatch(/<b>label|<i>detail/);
  expect(html).toContain('&#60;b&#62;label');
});

test('each channel has a row with its exact percentiles in µs', async () => {
  const html = await report();
  expect(html).toContain('93.4');
  expect(html).toContain('120');
});

test('an incident is told with what the others lost', async () => {
  const html = await report();
  expect(html).toContain('digest crashed (SIGSEGV)');
  expect(html).toContain('Measured again after');
  expect(html).toContain('<p class="s lost"><strong>1 ping lost</strong> echo · Message port 1</p>');
});

test('an incident is told with who became slower, and channel by channel', async () => {
  const html = await report();
  expect(html).toMatch(/<p class="s slowed"><strong>Slower: echo · Message port, p99 \+1\.80.ms<\/strong>/);
  expect(html).toContain('digest crashed (SIGSEGV), channel by channel');
});

test('an incident that nobody was measured in is told as such', () => {
  const recording = exampleRecording([]);
  for (const incident of recording.incidents)
    Object.assign(incident, {
      survivors: [],
      survivorsLost: 0,
      verdict: { kind: 'not-measured', reason: 'no-survivors' },
    });
  const html = htmlReport(recording, charts);
  expect(html).toContain('<p class="s not-measured"><strong>Not measured</strong> no other channel was measured</p>');
  expect(html).not.toMatch(/class="s (steady|slowed|lost)"/);
});

test('a recording without channels, events or incidents is a whole page', () => {
  const html = htmlReport({ ...exampleRecording([]), events: [], incidents: [] }, charts);
  expect(html).toContain('every process lived');
  expect(html.trimEnd().endsWith('</html>')).toBe(true);
});

test('an incident has the number and the time of its event, which its marker in the chart has as well', () => {
  const recording = exampleRecording([]);
  const [event] = recording.events;
  const [incident] = recording.incidents;
  if (!event || !incident) throw new Error('the example has an incident');
  Object.assign(event, { id: 7, tNs: 16.7e9 });
  Object.assign(incident, { eventId: 7, noticedNs: 16.7e9, atNs: 16.2e9 });
  const html = htmlReport(recording, charts);
  expect(html).toContain('<td>7</td><td>16.700<small>began at 16.200</small></td>');
  expect(html).toContain('<td>7</td><td>16.700</td><td>digest crashed');
});

test('what it was measured on is said', async () => {
  expect(await report()).toContain('33.4.11 (downloaded): the official runtime');
});

test('what a process wrote last stands with its death, as text', async () => {
  const recording = exampleRecording([await exampleChannel('echo')]);
  const crash = recording.events.find(({ termination }) => termination !== null);
  expect(recording.incidents[0]?.eventId).toBe(crash?.id);
  if (crash?.termination) crash.termination.lastWords = ['TypeError: <b> is undefined', '    at respond'];
  expect(htmlReport(recording, charts)).toContain('<pre>TypeError: &#60;b&#62; is undefined\n    at respond</pre>');
});
