import { type DragEvent, useState } from 'react';
import { formatCount, plural } from '../../../../../shared/format';
import type { LoadBadRecords } from '../../../../../shared/load/view';
import { useShell } from '../../../store/shell-store';
import { chooseFile } from '../load-actions';
import classes from './traffic-choice.module.css';

/** Which records are posted: those that ship, or a file that is chosen or dropped here. */
export function TrafficChoice() {
  const file = useShell((s) => s.loadDraft.file);
  const set = useShell((s) => s.setLoadDraft);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const choose = async (path: string | null) => setRefusal(await chooseFile(path));
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    const path = dropped === undefined ? '' : window.bulkhead.pathOf(dropped);
    if (path !== '') void choose(path);
    else setRefusal('What was dropped is no file on this computer. Save it first, or choose another.');
  };
  return (
    <fieldset
      className={over ? `${classes['traffic']} ${classes['over']}` : classes['traffic']}
      data-testid="load-traffic"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <legend className={classes['legend']}>Traffic file</legend>
      <p className={classes['name']} title={file?.path}>
        {file === null ? '1,000 made-up records, as they ship' : nameOf(file.path)}
      </p>
      <p className={classes['buttons']}>
        <button type="button" className="link-button" data-testid="load-file" onClick={() => void choose(null)}>
          Choose…
        </button>
        {file !== null && (
          <button type="button" className="link-button" onClick={() => set({ file: null })}>
            Use those that ship
          </button>
        )}
        <span>or drop one here</span>
      </p>
      {file !== null && (
        <p className={classes['note']} data-testid="load-file-read">
          {formatCount(file.records)} {plural(file.records, { one: 'record', other: 'records' })}
          {file.bad.count > 0 && <BadRecords bad={file.bad} />}
        </p>
      )}
      <p className={classes['refusal']} role="alert">
        {refusal}
      </p>
    </fieldset>
  );
}

const SHOWN = 3;

/** What was left out, by its line. */
export function BadRecords({ bad: { count, first: told } }: { bad: LoadBadRecords }) {
  const first = told.slice(0, SHOWN).map(({ line, problem }) => `line ${line}: ${problem}`);
  return (
    <span className={classes['bad']}>
      {' '}
      Left out: {formatCount(count)}, {first.join(' ')}
      {count > SHOWN && ' …'}
    </span>
  );
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
