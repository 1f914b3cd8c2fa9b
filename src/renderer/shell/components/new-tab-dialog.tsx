import { useShell } from '../store/shell-store';
import { Modal } from './modal';
import { SiteChoice } from './site-choice';

export function NewTabDialog() {
  const close = useShell((s) => s.closeDialog);
  return (
    <Modal title="New tab">
      <SiteChoice onOpened={close} />
    </Modal>
  );
}
