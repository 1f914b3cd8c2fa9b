import { useShell } from '../store/shell-store';
import { AboutDialog } from './about-dialog';
import { ExportDialog } from './export-dialog';
import { ProcessesDialog } from '../pages/live/map/processes-dialog';
import { GlossaryDialog } from './glossary-dialog';
import { AnatomyDialog } from '../pages/live/anatomy/anatomy-dialog';
import { StretchDialog } from '../pages/live/chart/stretch-dialog';
import { IncidentDialog } from '../pages/live/verdict/incident-dialog';
import { NewTabDialog } from '../pages/live/sites/new-tab-dialog';

/** The one modal that is open, if any, and the glossary, which may stand over it. */
export function Dialogs() {
  const glossary = useShell((s) => s.glossary);
  return (
    <>
      <OpenDialog />
      {glossary && <GlossaryDialog word={glossary.word} />}
    </>
  );
}

function OpenDialog() {
  const dialog = useShell((s) => s.dialog);
  switch (dialog.kind) {
    case 'none':
      return null;
    case 'new-tab':
      return <NewTabDialog />;
    case 'export':
      return <ExportDialog />;
    case 'about':
      return <AboutDialog />;
    case 'processes':
      return <ProcessesDialog />;
    case 'stretch':
      return <StretchDialog />;
    case 'anatomy':
      return <AnatomyDialog channelId={dialog.channelId} choice={dialog.ping} />;
    case 'incident':
      return <IncidentDialog incidentId={dialog.incidentId} />;
  }
}
