import { MenuButton } from '../ui/menu-button';
import { copyChart, copyTable } from './copy';

interface Props {
  draw: () => Promise<Uint8Array<ArrayBuffer>>;
  disabled?: boolean;
}

/** Copies what a page shows; the application menu has the same. */
export function CopyMenu({ draw, disabled = false }: Props) {
  return (
    <MenuButton
      label="Copy"
      icon="copy"
      testId="copy"
      disabled={disabled}
      choices={[
        { id: 'chart', label: 'Chart, as a picture', keys: 'Ctrl+Shift+C', onChoose: () => void copyChart(draw) },
        { id: 'table', label: 'Table, as text', keys: 'Ctrl+Shift+B', onChoose: () => void copyTable() },
      ]}
    />
  );
}
