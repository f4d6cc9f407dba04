import type { Local } from './local.ts';
import { workplace } from './windows.ts';

/** What the person at the terminal reads when everything answers. */
export function welcome(local: Omit<Local, 'died' | 'stop'>): string {
  const { demoUrl, botUrl, windows, botLog, cosmos, places = [] } = local;
  const rows = windows.map((one) => `    ${one.url}  ${one.name}（${workplace(one)}、${one.role}）`);
  return `
まもり の準備ができました。 / Mamori is ready.

  4つの窓を並べて見る / all windows side by side
    ${demoUrl}

  ひとりずつ / one person's Teams each
${rows.join('\n')}
${places.map((place) => button(place, botUrl)).join('')}
  ボット / bot      ${botUrl}
  記録 / log        ${botLog}
${cosmos === undefined ? '' : inMemory(cosmos)}  終了 / stop       Ctrl+C

`;
}

const button = (place: string, botUrl: string): string => `
  呼び出しボタンを押す（別のターミナルで）/ press a place's button, in another terminal
    npm run trigger -- --place ${place} --url ${botUrl}
`;

/** Nobody may take it for Azure, or expect a case to be there tomorrow. */
const inMemory = (endpoint: string): string => `  保存先 / store    ${endpoint}

  ご注意: 保存先は、このマシンのメモリーの中だけです。止めると、事案も報告もすべて消え、次は空から始まります。
  Azure Cosmos DB そのものではありません。Microsoft 製でもない、試すための代わり（@vercel/cosmosdb-server）です。
  ふだんのデータベース（mamori.sqlite）は読まず、書き換えず、消しません。
  Cases are kept in memory only: all of them vanish when it stops. This is a stand-in made without Microsoft, not
  Azure Cosmos DB itself. The usual database (mamori.sqlite) is not touched.

`;
