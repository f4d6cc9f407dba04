import {
  ACTIONS,
  type Action,
  isAllowed,
  isForOthers,
  ROLES,
  type Role,
  STATES,
  type State,
} from './roles.ts';

interface Named {
  readonly name: string;
  readonly about: string;
}

const ROLE_NAMES: Readonly<Record<Role, Named>> = {
  implicated: {
    name: '除外された人',
    about: '行為者など、事案から外された人（P1）。ほかの立場を兼ねていても、この立場だけになる',
  },
  guest: {
    name: '名簿にない人',
    about: '自分の呼び出しだけ。退職した人は、自分の呼び出しが続いている間だけ',
  },
  counter: { name: '窓口端末', about: 'その端末からの呼び出しだけ。人ではなく場所' },
  affected: {
    name: '対応した職員',
    about: '被害を受けた職員。同僚が代わりに呼んだときは、その同僚ではなく本人',
  },
  caller: { name: '呼び出した人', about: '自分のために、または同僚のために呼んだ職員、報告した職員' },
  responder: { name: '応援職員', about: 'この事案で呼び出された職員（R4）' },
  'section-head': { name: '所属長', about: '事案の課の所属長と、その不在の日の代理' },
  'department-head': {
    name: '部局等の長',
    about: '事案の課の部の長（決裁する人、R6）と、その不在の日の代理',
  },
  'general-affairs': { name: '総務課', about: '総務課の職員' },
  manager: { name: '総務課長', about: '総務課長と、その不在の日の代理' },
  none: { name: '関係のない人', about: '上のどれでもない人。番号を知っていても同じ' },
};

interface NamedAction extends Named {
  /** Promise (design) or clause (requirements) that asks for it. */
  readonly clause: string;
}

const ACTION_NAMES: Readonly<Record<Action, NamedAction>> = {
  state: {
    name: '状態を見る',
    about: '程度・場所・だれが向かっているか・受付・経過。報告の内容は含まない',
    clause: '約束7',
  },
  read: {
    name: '記録を読む',
    about: '報告の内容。個人チャットだけで、閲覧記録を先に書く',
    clause: '約束7',
  },
  write: { name: '報告を記入する', about: '面談等記録の項目', clause: 'R6、P5' },
  'write-organization': {
    name: '市側の対応を記入する',
    about: '市側の対応と再発対策。報告した職員には尋ねない',
    clause: 'P2、R6',
  },
  add: { name: '短い報告を足す', about: '追記。総務課と所属長は代筆になる', clause: 'R6' },
  amend: { name: '訂正・追記', about: '元の記録は残る', clause: 'R6' },
  categories: { name: '行為のタイプを直す', about: '案と、これまでの修正は残る', clause: '約束6、P6' },
  accept: { name: '受付する', about: '管理番号が付く', clause: 'P1、R6' },
  assign: { name: '担当を決める', about: '総務課の職員から', clause: 'P4' },
  note: { name: 'メモを残す', about: '総務課と所属長の覚え', clause: 'P4' },
  propose: { name: '判断を提案する', about: '決裁までは提案', clause: '約束6、P2、P5、R6' },
  close: { name: '対応終了にする', about: '続いている呼び出しも止まる', clause: '約束2' },
  reopen: { name: '対応を再開する', about: '対応終了のあとで続けるとき。担当はそのまま', clause: 'P4' },
  views: { name: '閲覧記録を見る', about: 'だれがいつ記録を開いたか', clause: '約束7' },
};

const STATE_NAMES: Readonly<Record<State, string>> = {
  new: '未受付',
  accepted: '受付済み',
  closed: '対応終了',
};

/** When a role may do something, in as few words as a table bears. */
function when(role: Role, action: Action): string {
  const states = STATES.filter((state) => isAllowed(role, action, state));
  if (states.length === 0) return '—';
  if (states.length === STATES.length) return '●';
  return states.map((state) => STATE_NAMES[state]).join('・');
}

/** Kana, kanji and full-width signs are two columns wide. */
const WIDE = /[\u2e80-\ua4cf\uf900-\ufaff\uff01-\uff60]/g;
const widthOf = (cell: string): number => cell.length + (cell.match(WIDE)?.length ?? 0);

/** Columns stand under each other in the file as well, which is how the formatter wants it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((cells) => widthOf(cells[at] ?? ''))));
  const line = (cells: readonly string[], fill: string) =>
    `| ${cells.map((cell, at) => cell + fill.repeat((widths[at] ?? 0) - widthOf(cell))).join(' | ')} |`;
  const rule = line(
    head.map(() => ''),
    '-',
  );
  return [line(head, ' '), rule, ...rows.map((cells) => line(cells, ' '))].join('\n');
}

const code = (id: string): string => `\`${id}\``;

const cells = (): string =>
  table(
    ['操作', ...ROLES.map((role) => `${ROLE_NAMES[role].name}<br>${code(role)}`)],
    ACTIONS.map((action) => {
      const mark = isForOthers(action) ? ' ※' : '';
      const name = `${ACTION_NAMES[action].name}${mark}<br>${code(action)}`;
      return [name, ...ROLES.map((role) => when(role, action))];
    }),
  );

/** `docs/access.md`: who may do what with a case, and when (promises 4 and 7), as the rules in `roles.ts` say it. */
export const accessTable = (): string => `# だれが何をできるか / Who may do what

事案を見ること、事案にすることは、すべてサーバーがこの表で決めます（約束4）。カードに書かれた番号・氏名・役割は手がかりで、
権限ではありません。報告の内容と引用は、読んでよい人に、個人チャットで、閲覧記録を書いてから示し、済んだら中立のカードに替えます
（約束7）。

Role × action × state, decided on the server for every tap and text. Written from \`services/calls/roles.ts\` by
\`npm run docs:access\`; a test fails when the two differ, and \`tests/journeys/promise-4-access.test.ts\` tries every cell on
the product. Do not edit by hand.

## 表 / The table

●：どの状態でもできる。状態の名前：その状態のときだけできる。—：できない。

※：自分の事案（対応した職員である事案）では、総務課や所属長であってもできません。

${cells()}

## 読み方 / Rules of reading

- 一人がいくつもの立場を兼ねるときは、どれか一つで許されていればできます。例外は次の2つです。
- 除外された人は、ほかの立場をすべて失います。一覧にも検索にも出ません（P1）。
- 対応した職員は、※ の操作ができません。処理するのはほかの職員です。
- 立場は、操作したその時の組織のファイルで決まります。代理は本人が不在の日だけで、本人も不在の間その立場のままです。
- グループやチャネルでは、だれにも何も示しません。Teams が自動で送る更新（trigger: automatic）では、何も変えません。

## 状態 / States

${table(
  ['状態', 'id'],
  STATES.map((state) => [STATE_NAMES[state], code(state)]),
)}

## 立場 / Roles

${table(
  ['立場', 'id', 'だれか'],
  ROLES.map((role) => [ROLE_NAMES[role].name, code(role), ROLE_NAMES[role].about]),
)}

## 操作 / Actions

${table(
  ['操作', 'id', '内容', '根拠'],
  ACTIONS.map((action) => {
    const { name, about, clause } = ACTION_NAMES[action];
    return [name, code(action), about, clause];
  }),
)}
`;
