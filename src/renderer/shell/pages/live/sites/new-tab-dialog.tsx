import { useShell } from '../../../store/shell-store';
import { Modal } from '../../../ui/modal';
import { SiteChoice } from './site-choice';

export function NewTabDialog() {
  const close = useShell((s) => s.closeDialog);
  return (
    <Modal title="New tab" onClose={close}>
      <SiteChoice onOpened={close} />
    </Modal>
  );
}
