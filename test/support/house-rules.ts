import { basename } from 'node:path';
import ts from 'typescript';

/** Text of every file by its path. */
export type Files = ReadonlyMap<string, string>;

const MAX_LINES = 220;
const MAX_PARAMETERS = 5;
/**
 * The words that may follow a dot in a file name. Most are Nest's and TypeORM's own words, or the
 * contract of lib that the file implements. The others: an `error` is an exception class of ours, a
 * `page` is a whole page of the dashboard, a `contract` is a suite of tests for stores, and a
 * `worker` is the entry of a worker thread.
 */
const ROLES = [
  // Of the tracker's module.
  ...['module', 'module-definition', 'providers', 'extras', 'service'],
  // Of Nest and TypeORM.
  ...['controller', 'guard', 'filter', 'interceptor', 'decorator', 'logger', 'entity', 'migration'],
  // Of contracts in lib.
  ...['store', 'notifier', 'masker', 'fingerprinter', 'context-builder'],
  ...['error', 'page', 'contract', 'worker'],
];
const WORD = '[a-z0-9]+(?:-[a-z0-9]+)*';
const FILE_NAME = new RegExp(`^${WORD}(?:\\.(?:${ROLES.join('|')}))?\\.tsx?$`);
const OTHER_BOUND = /^(?:MOST|LONGEST|LARGEST|DEEPEST|BIGGEST|HIGHEST|GREATEST)(?:_|$)/;

/** Where the type `any` is written. */
export function findAny(files: Files): string[] {
  return find(files, (node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'says any' : undefined));
}

/** Constants that name an upper bound with another word than `MAX_`. */
export function findOtherBounds(files: Files): string[] {
  return find(files, (node) =>
    ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && OTHER_BOUND.test(node.name.text)
      ? `calls a bound ${node.name.text}, not MAX_…`
      : undefined,
  );
}

/** Constructors that ask for too much. */
export function findWideConstructors(files: Files): string[] {
  return find(files, (node) =>
    ts.isConstructorDeclaration(node) && node.parameters.length > MAX_PARAMETERS
      ? `has a constructor with ${node.parameters.length} parameters`
      : undefined,
  );
}

/** Names that are not kebab-case, or have a dot before something that is no role. */
export function findOddNames(files: Files): string[] {
  return [...files.keys()].filter((file) => !FILE_NAME.test(basename(file)));
}

/** Files that are too long to be read in one sitting. */
export function findLongFiles(files: Files): string[] {
  return [...files].flatMap(([file, text]) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > MAX_LINES ? [`${file} has ${lines} lines`] : [];
  });
}

function find(files: Files, breachOf: (node: ts.Node) => string | undefined): string[] {
  return [...files].flatMap(([file, text]) => {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      const breach = breachOf(node);
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      if (breach !== undefined) found.push(`${file}:${line} ${breach}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}
