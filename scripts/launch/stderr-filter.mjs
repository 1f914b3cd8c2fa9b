// @ts-check
import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/**
 * What Chromium says on every system without a desktop session, and what nobody
 * can or need do anything about. Whole lines only, and only these.
 */
const harmless = [
  /ERROR:(?:dbus\/)?(?:bus|object_proxy)\.cc.*(?:Failed to connect to the bus|Failed to call method|Could not parse server address)/,
  /ERROR:.*viz_main_impl\.cc.*Exiting GPU process due to errors during initialization/,
  /ERROR:.*command_buffer_proxy_impl\.cc.*ContextResult::kTransientFailure/,
  /(?:ERROR|WARNING):.*(?:vaapi_wrapper|gl_display|gl_ozone_egl|angle_platform_impl|gpu_memory_buffer_support_x11|vulkan_swap_chain)\.cc/,
  /^ERR: Display\.cpp.*ANGLE Display::initialize error/,
];

/** @param {string} line without its end */
export function isHarmlessNoise(line) {
  return harmless.some((pattern) => pattern.test(line));
}

/** Passes everything on but harmless lines. A last line without an end is passed on, too. */
export function stderrFilter() {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return new Transform({
    decodeStrings: true,
    transform(chunk, _encoding, done) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (!isHarmlessNoise(line)) this.push(`${line}\n`);
      done();
    },
    flush(done) {
      rest += decoder.end();
      if (rest !== '' && !isHarmlessNoise(rest)) this.push(rest);
      done();
    },
  });
}
