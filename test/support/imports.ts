import { posix } from 'node:path';
import ts from 'typescript';

/** Text of every file by its path below `lib/`, e.g. `masking/masker.ts`. */
export type Files = ReadonlyMap<string, string>;

export interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly kind: 'value' | 'type' | 'dynamic';
  /** The imported file below `lib/`; absent for packages and for paths that lead to no file. */
  readonly target?: string;
}

export function readImports(files: Files): Import[] {
  return [...files].flatMap(([file, text]) => importsOf(file, text, files));
}

function importsOf(file: string, text: string, files: Files): Import[] {
  const source = parse(file, text);
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, kind: Import['kind']): void => {
    if (node === undefined || !ts.isStringLiteralLike(node)) return;
    found.push({
      file,
      line: lineOf(source, node),
      specifier: node.text,
      kind,
      ...targetOf(file, node.text, files),
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node) ? 'type' : 'value');
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypeExport(node) ? 'type' : 'value');
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, 'type');
    if (ts.isCallExpression(node) && isDynamicImport(node)) add(node.arguments[0], 'dynamic');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeImport({ importClause: clause }: ts.ImportDeclaration): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  return (
    clause.name === undefined && names !== undefined && ts.isNamedImports(names) && onlyTypes(names.elements)
  );
}

function isTypeExport({ isTypeOnly, exportClause: names }: ts.ExportDeclaration): boolean {
  return isTypeOnly || (names !== undefined && ts.isNamedExports(names) && onlyTypes(names.elements));
}

const onlyTypes = (elements: readonly { readonly isTypeOnly: boolean }[]): boolean =>
  elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);

function isDynamicImport({ expression }: ts.CallExpression): boolean {
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require')
  );
}

function targetOf(file: string, specifier: string, files: Files): { target?: string } {
  if (!specifier.startsWith('.')) return {};
  const path = posix.join(posix.dirname(file), specifier).replace(/\.jsx?$/, '');
  const target = [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((candidate) => files.has(candidate));
  return target === undefined ? {} : { target };
}

/** Name of the package; absent for own files and for what Node brings. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Where the type `any` is written. */
export function findAny(files: Files): string[] {
  return [...files].flatMap(([file, text]) => {
    const source = parse(file, text);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(`${file}:${lineOf(source, node)} says any`);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

const parse = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);

const lineOf = (source: ts.SourceFile, node: ts.Node): number =>
  ts.getLineAndCharacterOfPosition(source, node.getStart(source)).line + 1;
