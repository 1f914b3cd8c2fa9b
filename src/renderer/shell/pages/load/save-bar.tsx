import { LOAD_FORMAT_IDS, LOAD_FORMATS } from '../../../../shared/load/result-formats';
import type { LoadView } from '../../../../shared/load/view';
import { CopyMenu } from '../copy-menu';
import { saveLoad } from './load-actions';
import { shownLoadPicture } from './load-image';
import classes from './save-bar.module.css';

/** What can be made of the run, once it is over. */
export function SaveBar({ view: { state } }: { view: LoadView }) {
  const ended = state.kind === 'ended';
  return (
    <div className={classes['bar']}>
      <CopyMenu draw={shownLoadPicture} />
      <div className={classes['save']} role="group" aria-label="Save the result as">
        <span aria-hidden="true">Save as</span>
        {LOAD_FORMAT_IDS.map((format) => (
          <button
            key={format}
            type="button"
            className="small-button"
            data-testid={`load-save-${format}`}
            disabled={!ended}
            title={ended ? LOAD_FORMATS[format].about : 'Once the run is over'}
            onClick={() => void saveLoad(format)}
          >
            {LOAD_FORMATS[format].title}
          </button>
        ))}
      </div>
    </div>
  );
}
