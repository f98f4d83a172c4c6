import { globSync } from 'node:fs';
import ts from 'typescript';

/*
 * Reads the sources with the compiler, for the codes that they produce: by the types of what is passed on, so that a
 * code in a variable, a condition or a table is found as well.
 */

/** One place of the sources at which a code is made. */
export interface Production {
  readonly code: string;
  /** What makes it: `warning` has words of its own, all others those of `say` and its like. */
  readonly by: string;
  /** `renderer/vault/execute.ts:24`. */
  readonly where: string;
  /** Names of the params that it is made with; null where they are not known. */
  readonly params: readonly string[] | null;
}

/** A place at which the type does not say which code it is. */
export interface Unnamed {
  readonly where: string;
  readonly text: string;
}

/** Where these take the code, and what goes with it. `details`: the params are a member of that argument. */
export const makers: Readonly<
  Record<string, { readonly code: number; readonly params?: number; readonly details?: true }>
> = {
  refuse: { code: 0, params: 1 },
  refuseField: { code: 1, params: 2 },
  notice: { code: 0, params: 1 },
  warning: { code: 0, params: 2 },
  failure: { code: 0 },
  VaultError: { code: 0 },
  CannotStrip: { code: 0, params: 1 },
};
const inHost = { code: 0, params: 1, details: true } as const;

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  jsx: ts.JsxEmit.Preserve,
  skipLibCheck: true,
  noEmit: true,
};

function createProgram(files: readonly string[]): ts.Program {
  const host = ts.createCompilerHost(compilerOptions);
  // Of packages only zod, from which types of codes are inferred: the others take seconds and name no code.
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) =>
      /^[.#]|^zod$/.test(text)
        ? ts.resolveModuleName(text, from, compilerOptions, host)
        : { resolvedModule: undefined },
    );
  return ts.createProgram(files, compilerOptions, host);
}

const nameOf = (node: ts.Node | undefined): string | null => (node && ts.isIdentifier(node) ? node.text : null);
const propertyOf = (node: ts.Node | undefined, name: string): ts.Expression | undefined => {
  if (!node || !ts.isObjectLiteralExpression(node)) return undefined;
  const found = node.properties.find((each) => each.name && nameOf(each.name) === name);
  if (found && ts.isPropertyAssignment(found)) return found.initializer;
  return found && ts.isShorthandPropertyAssignment(found) ? found.name : undefined;
};

const nameOfConstant = ({ parent }: ts.Node): ts.Node | undefined =>
  parent && ts.isVariableDeclaration(parent) ? parent.name : undefined;

const membersOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);

export class Sources {
  readonly productions: Production[] = [];
  readonly unnamed: Unnamed[] = [];
  /** Functions that make what their callers name. */
  readonly passedOn = new Set<string>();
  private readonly checker: ts.TypeChecker;
  private readonly program: ts.Program;

  /** @param folders rooms of the product */
  constructor(folders: readonly string[]) {
    const files = folders
      .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`))
      .map((path) => path.replaceAll('\\', '/'));
    this.program = createProgram(files);
    this.checker = this.program.getTypeChecker();
    for (const file of files) {
      const source = this.program.getSourceFile(file);
      if (source) this.read(source, file);
    }
  }

  private read(source: ts.SourceFile, file: string): void {
    const visit = (node: ts.Node): void => {
      const where = `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) this.readCall(node, file, where);
      const code = propertyOf(node, 'code');
      const params = propertyOf(node, 'params');
      if (code && params) this.add(code, params, 'refuse', where);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }

  private readCall(node: ts.CallExpression | ts.NewExpression, file: string, where: string): void {
    const name = nameOf(node.expression);
    if (!name || !Object.hasOwn(makers, name)) return;
    const maker = file.startsWith('electron/') && name === 'refuse' ? inHost : makers[name];
    const code = maker && node.arguments?.[maker.code];
    if (!maker || !code) return;
    const given = maker.params === undefined ? undefined : node.arguments?.[maker.params];
    this.add(code, 'details' in maker ? propertyOf(given, 'params') : given, name, where);
  }

  private add(code: ts.Expression, params: ts.Expression | undefined, by: string, where: string): void {
    if (ts.isConditionalExpression(code)) {
      for (const each of [code.whenTrue, code.whenFalse]) this.add(each, params, by, where);
      return;
    }
    const passing = this.passing(code);
    if (passing !== null) {
      this.passedOn.add(passing);
      return;
    }
    for (const type of membersOf(this.checker.getTypeAtLocation(code))) {
      if (type.isStringLiteral()) {
        this.productions.push({ code: type.value, by, where, params: params ? this.namesOf(params) : [] });
      } else this.unnamed.push({ where, text: code.getText() });
    }
  }

  /** The name of the function of which the code is a parameter: whoever calls it makes the code. */
  private passing(code: ts.Expression): string | null {
    if (!ts.isIdentifier(code)) return null;
    const symbol = ts.isShorthandPropertyAssignment(code.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(code.parent)
      : this.checker.getSymbolAtLocation(code);
    const declared = symbol?.valueDeclaration;
    if (!declared || !ts.isParameter(declared)) return null;
    const { parent } = declared;
    return (
      nameOf(ts.isConstructorDeclaration(parent) ? parent.parent.name : (parent.name ?? nameOfConstant(parent))) ??
      '(unnamed)'
    );
  }

  private namesOf(params: ts.Expression): readonly string[] | null {
    const type = this.checker.getTypeAtLocation(params);
    if (this.checker.getIndexInfosOfType(type).length > 0) return null;
    return type.getProperties().map((each) => each.name);
  }

  /** The texts that a type of some file allows, or a member of it. */
  codesOf(file: string, name: string, member?: string): readonly string[] {
    const source = this.program.getSourceFile(file);
    const module = source && this.checker.getSymbolAtLocation(source);
    const found = module && this.checker.getExportsOfModule(module).find((each) => each.name === name);
    if (!found) throw new Error(`${file} exports no ${name}`);
    const declared = this.checker.getDeclaredTypeOfSymbol(found);
    const property = member === undefined ? undefined : declared.getProperty(member);
    return membersOf(property ? this.checker.getTypeOfSymbol(property) : declared).map((type) => {
      if (!type.isStringLiteral()) throw new Error(`${name} is more than a list of codes`);
      return type.value;
    });
  }
}

const parse = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, ts.sys.readFile(path) ?? '', ts.ScriptTarget.ESNext);

/** The keys of an object that a file keeps in a constant, whatever type it gives it. */
export function keysOf(file: string, constant: string): readonly string[] {
  const declared = parse(file)
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => nameOf(name) === constant)?.initializer;
  if (!declared || !ts.isObjectLiteralExpression(declared)) throw new Error(`${file} has no table ${constant}`);
  return declared.properties.flatMap(({ name }) =>
    name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
  );
}

/** Every text that stands in the files of a folder. */
export function textsIn(folder: string): ReadonlySet<string> {
  const texts = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.add(node.text);
    ts.forEachChild(node, visit);
  };
  for (const path of globSync(`${folder}/**/*.ts`)) visit(parse(path));
  return texts;
}
