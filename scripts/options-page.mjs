// Writes docs/options.md from lib/options: what an option is for and its default stand in the TSDoc
// of the interfaces there, where editors show them too. With --check it writes nothing, and fails
// if the page is not current.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs/options.md');
const interfaces = readInterfaces(join(root, 'lib/options'));
const sections = [];
const top = rowsOf(interfaces.get('ErrorTrackerOptions'), '', (section) => sections.push(section));

const text = await format(
  [
    '<!-- Written by `npm run docs:options` from the TSDoc in lib/options. Change it there. -->',
    '# Options',
    'Every option has a default but `mail.from` and `mail.admins`. Options are checked at boot: one that is unknown or ill-typed fails it,\nwith a message that names the option and the cure.',
    '```ts\nErrorTrackerModule.forRoot({ environment: "staging", retention: { eventDays: 14 } });\n```',
    '`forRootAsync({ imports, inject, useFactory })` takes the same options from a factory.',
    tableOf(top),
    ...sections.flatMap(({ name, type }) => [`## ${name}`, docOf(type).text, tableOf(rowsOf(type, name))]),
  ].join('\n\n'),
  { ...(await resolveConfig(page)), parser: 'markdown' },
);

if (!process.argv.includes('--check')) {
  writeFileSync(page, text);
} else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/options.md is not current: run `npm run docs:options`.');
  process.exitCode = 1;
}

/** All interfaces of a folder, by name. */
function readInterfaces(folder) {
  const found = new Map();
  for (const file of readdirSync(folder)) {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(folder, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    for (const node of source.statements)
      if (ts.isInterfaceDeclaration(node)) found.set(node.name.text, node);
  }
  return found;
}

/**
 * One row for each option, those of small objects and of lists of them included. Sections are
 * handed on.
 */
function rowsOf(type, prefix, onSection) {
  return type.members.flatMap((member) => {
    const name = member.name.getText();
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const { fields, isList } = fieldsOf(member);
    if (fields && onSection) {
      onSection({ name, type: fields });
      return [];
    }
    const { text, byDefault } = docOf(member);
    const isRequired = !member.questionToken;
    if (!text || !(byDefault || fields || isRequired))
      throw new Error(`${path} has no text or no @defaultValue.`);
    const cell = byDefault ?? (isRequired ? 'required' : '');
    return [{ path, byDefault: cell, text }, ...(fields ? rowsOf(fields, isList ? `${path}[]` : path) : [])];
  });
}

/** The interface that an option is an object of, or a list of. */
function fieldsOf({ type }) {
  const list = ts.isTypeOperatorNode(type) ? type.type : type;
  const isList = ts.isArrayTypeNode(list);
  return { fields: interfaces.get((isList ? list.elementType : list).getText()), isList };
}

function docOf(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node);
  const tag = doc?.tags?.find(({ tagName }) => tagName.text === 'defaultValue');
  return { text: oneLine(doc?.comment), byDefault: oneLine(tag?.comment) };
}

function oneLine(comment) {
  return ts.getTextOfJSDocComment(comment)?.replace(/\s+/g, ' ').trim();
}

function tableOf(rows) {
  const line = (...cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line('option', 'default', 'what it does'),
    line('---', '---', '---'),
    ...rows.map(({ path, byDefault, text }) => line(`\`${path}\``, byDefault, text)),
  ].join('\n');
}
