import { expect, test } from '@jest/globals';
import { welcome } from '../../../infra/local/welcome.ts';

const LOCAL = {
  botUrl: 'http://127.0.0.1:3978',
  demoUrl: 'http://localhost:3978/demo',
  windows: [],
  botLog: '.data/bot.log',
};

test('without Cosmos, nothing is said of it', () => {
  expect(welcome(LOCAL)).toContain(LOCAL.demoUrl);
  expect(welcome(LOCAL)).not.toMatch(/Cosmos|メモリー/);
});

test('on the local server: cases vanish, it is not Azure, the usual database is left alone; Japanese first', () => {
  const text = welcome({ ...LOCAL, cosmos: 'http://127.0.0.1:40929' });
  expect(text).toContain('http://127.0.0.1:40929');
  expect(text).toMatch(/止めると、事案も報告もすべて消え.+all of them vanish when it stops/s);
  expect(text).toMatch(/Azure Cosmos DB そのものではありません.+not\s+Azure Cosmos DB itself/s);
  expect(text).toMatch(/mamori\.sqlite）は読まず、書き換えず、消しません.+mamori\.sqlite\) is not touched/s);
});
