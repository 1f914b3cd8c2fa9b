/** What a built-in site's page does itself: says its host. Pid, site and round trip are filled in by the preload. */

const SITES = ['alpha.test', 'beta.test', 'gamma.test'];

const host = location.hostname;
const site = SITES.find((name) => host === name || host.endsWith(`.${name}`)) ?? host;

document.title = host;
document.documentElement.dataset['site'] = site;
const heading = document.getElementById('host');
if (heading) heading.textContent = host;

const links = document.getElementById('links');
const sibling = host === site ? `www.${site}` : site;
for (const [name, note] of [
  [sibling, 'same site, same process'] as const,
  ...SITES.filter((name) => name !== site).map((name) => [name, 'another site, another process'] as const),
]) {
  const link = document.createElement('a');
  link.href = `bulkhead://${name}/`;
  link.dataset['site'] = SITES.find((one) => name.endsWith(one)) ?? '';
  const title = document.createElement('b');
  title.textContent = name;
  const remark = document.createElement('span');
  remark.textContent = note;
  link.append(title, remark);
  links?.append(link);
}
