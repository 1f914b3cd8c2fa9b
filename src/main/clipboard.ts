import electron from 'electron';
import type { Outcome } from '../shared/ipc-contract';
import { say } from '../shared/messages/message';
import { tableAsHtml, tableAsText, type TableRows } from '../shared/table-text';

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Pixels a side: a picture is decoded in this process. */
const MAX_SIDE = 10_000;

/** Electron's clipboard up to 44, which knows no items. From 45 on it is that of the web, and asynchronous. */
interface EarlierClipboard {
  write(data: { text: string; html: string }): void;
  writeImage(image: Electron.NativeImage): void;
}

/** A PNG that the shell has drawn. */
export async function copyImage(png: Uint8Array): Promise<Outcome> {
  const image = isPicture(png) ? electron.nativeImage.createFromBuffer(Buffer.from(png)) : null;
  if (image === null || image.isEmpty()) return { ok: false, message: say('copy.no-picture') };
  return attempt(async () => {
    const earlier = earlierClipboard();
    if (earlier !== null) earlier.writeImage(image);
    else await writeItem({ 'image/png': new Blob([Buffer.from(png)], { type: 'image/png' }) });
  });
}

/** As text for a spreadsheet, and as HTML for a document: who pastes takes what suits. */
export async function copyTable(rows: TableRows): Promise<Outcome> {
  const [text, html] = [tableAsText(rows), tableAsHtml(rows)];
  return attempt(async () => {
    const earlier = earlierClipboard();
    if (earlier !== null) earlier.write({ text, html });
    else await writeItem({ 'text/plain': text, 'text/html': html });
  });
}

function earlierClipboard(): EarlierClipboard | null {
  return 'writeImage' in electron.clipboard ? (electron.clipboard as unknown as EarlierClipboard) : null;
}

function writeItem(items: Record<string, string | Blob>): Promise<void> {
  return electron.clipboard.write([new electron.ClipboardItem(items)]);
}

async function attempt(write: () => Promise<void>): Promise<Outcome> {
  try {
    await write();
    return { ok: true };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      message: say('copy.failed', { cause: why }),
    };
  }
}

function isPicture(png: Uint8Array): boolean {
  if (png.byteLength < 24 || !PNG_SIGNATURE.every((byte, at) => png[at] === byte)) return false;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return [view.getUint32(16), view.getUint32(20)].every((side) => side > 0 && side <= MAX_SIDE);
}
