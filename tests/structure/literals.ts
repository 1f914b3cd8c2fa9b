import { parseAst } from 'vite';

/** A text in a source file that looks as if it were for a person. */
export interface Found {
  line: number;
  text: string;
}

interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

/** Values of these properties, and arguments of these functions, are shown: a phrase of two words is enough there. */
const SHOWN_PROPERTIES = new Set(['message', 'reason', 'label', 'detail', 'how', 'text', 'title', 'error']);
const SHOWN_ARGUMENTS = new Set(['add', 'disconnect', 'hold', 'kill', 'fail', 'refused', 'tell', 'reject']);
/** What a caller did wrong, not a person; and types, which are no texts. */
const FOR_PROGRAMMERS = new Set(['RangeError', 'TypeError']);

/**
 * The texts in TypeScript that are for people: sentences anywhere (two words or more, with a capital at the start or a
 * full stop at the end), and phrases where they are handed to what shows them. Placeholders count as a word.
 */
export function textsForPeople(source: string, file: string): Found[] {
  const found: Found[] = [];
  const program = parseAst(source, { lang: 'ts' }, file) as unknown as Node;
  const visit = (node: unknown, shown: boolean): void => {
    if (Array.isArray(node)) return node.forEach((each) => visit(each, shown));
    if (!isNode(node) || (node.type.startsWith('TS') && !WRAPPERS.has(node.type))) return;
    const text = textOf(node);
    if (text !== null && !isBug(text) && (isSentence(text) || (shown && isPhrase(text))))
      found.push({ line: source.slice(0, node.start).split('\n').length, text });
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
      case 'Property':
        return visit(node['value'], SHOWN_PROPERTIES.has(nameOf(node['key'])));
      case 'CallExpression':
        visit(node['callee'], false);
        return visit(node['arguments'], SHOWN_ARGUMENTS.has(nameOf(node['callee'])));
      case 'NewExpression':
        if (!FOR_PROGRAMMERS.has(nameOf(node['callee'])))
          visit(node['arguments'], nameOf(node['callee']).endsWith('Error'));
        return;
      // What stands between two texts is shown as they are.
      case 'ConditionalExpression':
      case 'LogicalExpression':
      case 'BinaryExpression':
      case 'TemplateLiteral':
        return children(node, (child) => visit(child, shown && node.type !== 'TemplateLiteral'));
      default:
        return children(node, (child) => visit(child, false));
    }
  };
  visit(program, false);
  return found;
}

/** Type syntax that stands around an expression. */
const WRAPPERS = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSParameterProperty']);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function children(node: Node, visit: (child: unknown) => void): void {
  for (const [key, child] of Object.entries(node))
    if (key !== 'type' && typeof child === 'object' && child !== null) visit(child);
}

function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null;
  if (node.type !== 'TemplateLiteral') return null;
  return (node['quasis'] as Array<{ value: { cooked: string } }>).map(({ value }) => value.cooked).join('…');
}

/** The last name of `name`, `object.name` and `#name`. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'MemberExpression') return nameOf(node['property']);
  return String(node['name'] ?? node['value'] ?? '');
}

function isPhrase(text: string): boolean {
  return /[\p{L}…\d)”] +[\p{L}…“(]*\p{L}/u.test(text);
}

function isSentence(text: string): boolean {
  return isPhrase(text) && (/^[\s“(]*\p{Lu}\p{Ll}*['’]?\p{Ll}* /u.test(text) || /\p{L}[.!?]\s*$/u.test(text));
}

/** No person can do anything about it but to tell us, in whatever language. */
function isBug(text: string): boolean {
  return text.endsWith('Please report this.');
}
