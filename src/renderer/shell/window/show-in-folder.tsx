import { act } from '../bridge';

/** Opens the system's file manager where a file was written. */
export function ShowInFolder({ file }: { file: number }) {
  return (
    <button
      type="button"
      className="link-button show-in-folder"
      data-testid="show-in-folder"
      onClick={() => void act('file:show', file)}
    >
      Show in folder
    </button>
  );
}
