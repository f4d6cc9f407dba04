import type { YAMLError, Document as YamlDocument } from 'yaml';
import { LineCounter, parseDocument } from 'yaml';
import { OrganizationError } from './problems.ts';

const MENDS: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  TAB_AS_INDENT: '字下げにタブが使われています。半角の空白にしてください。',
  DUPLICATE_KEY: '同じ項目が二度書かれています。どちらかを消してください。',
  BAD_INDENT: '字下げか括弧がずれています。前後の行と先頭の位置をそろえ、 [ ] を閉じてください。',
  MISSING_CHAR:
    '引用符か記号が足りません。開いた " や [ が閉じているか、コロンの後に空白があるかを確かめてください。',
  BLOCK_AS_IMPLICIT_KEY:
    '一行に「名前: 値」が二つあるか、字下げがずれています。行を分けるか、コロンを含む値を引用符で囲んでください。',
  MULTIPLE_DOCS: '「---」で二つ目の文書が始まっています。一つのファイルに一つの組織を書いてください。',
  BAD_SCALAR_START: 'この記号では値を始められません。値を引用符で囲んでください。',
};

const GENERAL_MEND =
  'YAMLとして読めません。字下げ（半角の空白）、コロンの後の空白、引用符の閉じ忘れを確かめてください。';

/** Reads the text as one YAML document; a syntax error names its line and the mend. */
export function readYaml(text: string): { value: unknown; document: YamlDocument; lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/u, ''), { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      path: '',
      message: MENDS[error.code] ?? GENERAL_MEND,
      line: lines.linePos(error.pos[0]).line,
    }));
    // One slip makes the parser stumble several times over the same line.
    const first = problems.filter(
      (problem, index) => problems.findIndex((other) => other.line === problem.line) === index,
    );
    throw new OrganizationError(first);
  }
  return { value: toValue(document), document, lines };
}

function toValue(document: YamlDocument): unknown {
  let value: unknown;
  try {
    value = document.toJS();
  } catch {
    // The only reasons: an alias (*name) without its anchor, or so many that they would fill the memory.
    throw new OrganizationError([
      { path: '', message: '「*名前」の参照先がないか、参照が多すぎます。参照をやめて値を書いてください。' },
    ]);
  }
  if (value === null || value === undefined)
    throw new OrganizationError([
      {
        path: '',
        message: 'ファイルが空です。見本の infra/local/organization.yaml を写して書き直してください。',
      },
    ]);
  return value;
}
