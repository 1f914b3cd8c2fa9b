import { MenuButton } from '../ui/menu-button';
import { copyChart, copyTable } from './copy';

interface Props {
  draw: () => Promise<Uint8Array<ArrayBuffer>>;
  look?: 'button' | 'link-button';
  disabled?: boolean;
}

/** Copies what a page shows; the application menu has the same. */
export function CopyMenu({ draw, look = 'button', disabled = false }: Props) {
  return (
    <MenuButton
      label="Copy"
      icon="copy"
      look={look}
      testId="copy"
      disabled={disabled}
      choices={[
        { id: 'chart', label: 'Chart, as a picture', keys: 'Ctrl+Shift+C', onChoose: () => void copyChart(draw) },
        { id: 'table', label: 'Table, as text', keys: 'Ctrl+Shift+B', onChoose: () => void copyTable() },
      ]}
    />
  );
}
