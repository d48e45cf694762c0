import ts from 'typescript';
import type { SourceFile } from './imports.ts';

/** A function that is longer than a screen. */
export interface LongFunction {
  readonly path: string;
  readonly line: number;
  readonly name: string;
  readonly lines: number;
  /** Why it is, as a comment above it says; null where none does. */
  readonly reason: string | null;
}

/**
 * Why something is longer than wanted: the rest of the sentence `Long: …` in a comment.
 * @returns null where no comment says so.
 */
export const reasonIn = (comment: string): string | null =>
  /\bLong: ([^.]+)\./.exec(comment.replace(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' '))?.[1] ?? null;

/** The script of a Vue file with its lines where they are in the file, or the whole text of any other. */
const scriptOf = ({ path, text }: SourceFile): string => {
  if (!path.endsWith('.vue')) return text;
  const found = /<script[^>]*>([\s\S]*?)<\/script>/.exec(text);
  if (!found) return '';
  const before = text.slice(0, found.index + found[0].indexOf('>') + 1);
  return '\n'.repeat(before.split('\n').length - 1) + (found[1] ?? '');
};

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node);

const nameOf = (node: ts.FunctionLikeDeclaration): string => {
  if (node.name) return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  return ts.isCallExpression(parent) ? `${parent.expression.getText()}(…)` : 'a function without a name';
};

/** The comments right above the statement, or the property, that the function stands in. */
const commentAbove = (node: ts.Node, text: string): string => {
  let outer = node;
  while (!ts.isStatement(outer) && !ts.isPropertyAssignment(outer)) outer = outer.parent;
  const ranges = ts.getLeadingCommentRanges(text, outer.getFullStart()) ?? [];
  return ranges.map(({ pos, end }) => text.slice(pos, end)).join('\n');
};

/** @returns the functions of more than `limit` lines, the longest first. */
export function longFunctions(files: readonly SourceFile[], limit: number): readonly LongFunction[] {
  const found: LongFunction[] = [];
  for (const file of files) {
    const source = ts.createSourceFile(
      file.path,
      scriptOf(file),
      ts.ScriptTarget.Latest,
      true,
      ts.ScriptKind.TS,
    );
    const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
    const visit = (node: ts.Node): void => {
      if (isFunction(node)) {
        const line = lineAt(node.getStart());
        const lines = lineAt(node.getEnd()) - line + 1;
        const reason = (): string | null => reasonIn(commentAbove(node, source.text));
        if (lines > limit) found.push({ path: file.path, line, name: nameOf(node), lines, reason: reason() });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found.sort((a, b) => b.lines - a.lines);
}
