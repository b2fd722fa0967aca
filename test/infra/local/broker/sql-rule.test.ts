import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SqlEvaluationError, SqlSyntaxError } from '../../../../infra/local/broker/sql-error.ts';
import { compileRule, type RuleMessage } from '../../../../infra/local/broker/sql-rule.ts';

const message = (payload: unknown, more: Partial<RuleMessage> = {}): RuleMessage => ({
  topic: 'dt/nachschub/fridge-anna/telemetry',
  payload: Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload)),
  clientId: 'fridge-anna',
  principal: 'c0ffee',
  timestamp: 1_772_431_200_000,
  ...more,
});
const run = (sql: string, payload: unknown, more: Partial<RuleMessage> = {}) => compileRule({ sql }).evaluate(message(payload, more));
const holds = (condition: string, payload: unknown) => run(`SELECT 1 AS one FROM 'a/b' WHERE ${condition}`, payload) !== undefined;

describe('SELECT', () => {
  it.each([
    ["SELECT * FROM 'a'", { level: 2, slot: 'milk' }, { level: 2, slot: 'milk' }],
    ["select level from 'a'", { level: 2, slot: 'milk' }, { level: 2 }],
    ["SELECT level.amount AS amount FROM 'a'", { level: { amount: 1.5, unit: 'l' } }, { amount: 1.5 }],
    ["SELECT level AS left, level.unit AS unit FROM 'a'", { level: { unit: 'l' } }, { left: { unit: 'l' }, unit: 'l' }],
    ["SELECT *, topic(3) AS thing FROM 'a'", { level: 2, thing: 'fridge-bert' }, { level: 2, thing: 'fridge-anna' }],
    ["SELECT topic(3) AS thing, * FROM 'a'", { thing: 'as the payload says' }, { thing: 'as the payload says' }],
    ["SELECT missing, here FROM 'a'", { here: null }, { here: null }],
    ["SELECT level.amount.deeper AS x, list.length AS y, constructor, toString AS z FROM 'a'", { level: { amount: 1 }, list: [1, 2] }, {}],
    ["SELECT 'it''s' AS text, -1.5 AS number, TRUE AS yes, null AS nothing FROM 'a'", {}, { text: "it's", number: -1.5, yes: true, nothing: null }],
    ["SELECT topic() AS topic, topic(1) AS first, topic(5) AS beyond FROM 'a'", {}, { topic: 'dt/nachschub/fridge-anna/telemetry', first: 'dt' }],
    ["SELECT timestamp() AS at, clientid() AS client, principal() AS who FROM 'a'", {}, { at: 1_772_431_200_000, client: 'fridge-anna', who: 'c0ffee' }],
    ["SELECT encode(*, 'base64') AS payload FROM 'a'", Buffer.from([0xff, 0x00, 0x7b]), { payload: '/wB7' }],
  ])('%s', (sql, payload, expected) => {
    expect(run(sql, payload)).toEqual(expected);
  });

  it('keeps fields that would be dangerous as plain data', () => {
    const result = run("SELECT * FROM 'a'", Buffer.from('{"__proto__":{"polluted":true},"ok":1}'));
    expect(JSON.stringify(result)).toBe('{"__proto__":{"polluted":true},"ok":1}');
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  });

  it('names every message anew with newuuid()', () => {
    const rule = compileRule({ sql: "SELECT newuuid() AS id FROM 'a'" });
    const ids = [1, 2].map(() => JSON.stringify(rule.evaluate(message({}))));
    expect(ids[0]).toMatch(/^\{"id":"[0-9a-f-]{36}"\}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it.each(["SELECT * FROM 'a'", "SELECT level FROM 'a'", "SELECT encode(*, 'base64') AS p FROM 'a' WHERE level > 1"])(
    '%s refuses a payload that is no JSON',
    (sql) => {
      for (const payload of [Buffer.from('{"level":'), Buffer.from([0x22, 0xff, 0x22]), Buffer.alloc(0)])
        expect(() => run(sql, payload)).toThrow(SqlEvaluationError);
    },
  );

  it('refuses to spread what is no object, but reads past it', () => {
    expect(() => run("SELECT * FROM 'a'", [1, 2])).toThrow(SqlEvaluationError);
    expect(run("SELECT level FROM 'a'", 7)).toEqual({});
  });
});

describe('WHERE', () => {
  const payload = { level: 2, text: '10', name: 'milk', yes: true, yesText: 'TRUE', nothing: null, list: [1, 2], deep: { a: { b: 3 } } };
  it.each([
    'level = 2',
    'level <> 3',
    'level < 3 and level > 1 AND level <= 2 And level >= 2',
    'text > 9',
    "'9' < text",
    "name = 'milk'",
    "name <> 'Milk'",
    "level <> '2'",
    'deep.a.b = 3',
    'yes',
    'yes = true',
    'not (level = 3)',
    'NOT NOT yes',
    "not yesText = 'true'",
    'yesText and yes',
    'level = 3 or level = 2',
    'level = 2 or level = 3 and level = 4',
    'not level = 3 and yes',
    "name in ['bread', 'milk']",
    'not level in [1, 3]',
    'nothing = null',
    'nothing in [null]',
    "topic(4) = 'telemetry'",
    "clientid() = topic(3) and principal() <> 'x'",
    'timestamp() > 0',
    '(((level = 2)))',
  ])('%s holds', (condition) => {
    expect(holds(condition, payload)).toBe(true);
  });

  it.each([
    'level = 3',
    "level = '2'",
    'missing = 1',
    'missing <> 1',
    'not missing = 1',
    'missing in [1]',
    'not missing in [1]',
    'missing = missing',
    "name > 'a'",
    'nothing < 1',
    'list > 1',
    'level',
    'name',
    'nothing',
    'not level',
    'yes and missing',
    // Undefined makes the whole AND, OR Undefined, whatever else is true.
    'yes or missing',
    'not (missing and false)',
    '(level = 2 or level = 3) and level = 4',
    "name in ['bread']",
  ])('%s does not hold', (condition) => {
    expect(holds(condition, payload)).toBe(false);
  });
});

describe('loading', () => {
  it.each([
    ['', 1, 'SELECT'],
    ["SELECT FROM 'a'", 8, 'a field'],
    ["SELECT * 'a'", 10, 'FROM'],
    ["SELECT *, * FROM 'a'", 11, 'at most once'],
    ["SELECT a, b AS a FROM 'a'", 16, 'no earlier column'],
    ['SELECT * FROM a', 15, 'single quotes'],
    ["SELECT * FROM 'a/#/b'", 15, 'wildcard'],
    ["SELECT * FROM 'a/b+'", 15, 'wildcard'],
    ["SELECT * FROM ''", 15, 'not empty'],
    ["SELECT * FROM 'a", 15, 'single quote'],
    ["SELECT * FROM 'a' WHERE", 24, 'a field'],
    ["SELECT * FROM 'a' LIMIT 1", 19, 'WHERE or the end'],
    ["SELECT * FROM 'a' WHERE a = 1 b", 31, 'an operator or the end'],
    ["SELECT * FROM 'a' WHERE a == 1", 28, 'a field'],
    ["SELECT * FROM 'a' WHERE a != 1", 27, 'an operator'],
    ["SELECT * FROM 'a' WHERE a + 1 > 2", 27, 'an operator'],
    ["SELECT * FROM 'a' WHERE (a = 1", 31, '")"'],
    ["SELECT * FROM 'a' WHERE a in (1)", 30, '"["'],
    ["SELECT * FROM 'a' WHERE a in []", 31, 'a literal'],
    ["SELECT * FROM 'a' WHERE a in [b]", 31, 'a literal'],
    ["SELECT a.b FROM 'a'", 12, 'AS'],
    ["SELECT topic() FROM 'a'", 16, 'AS'],
    ["SELECT 1 FROM 'a'", 10, 'AS'],
    ["SELECT a AS from FROM 'a'", 13, 'a name after AS'],
    ["SELECT a. FROM 'a'", 11, 'a field'],
    ["SELECT a[0] AS b FROM 'a'", 9, 'FROM'],
    ["SELECT upper(a) AS b FROM 'a'", 8, 'one of the functions'],
    ["SELECT topic(0) AS b FROM 'a'", 14, 'from 1'],
    ["SELECT topic(1.5) AS b FROM 'a'", 14, 'from 1'],
    ["SELECT topic(a) AS b FROM 'a'", 14, '")"'],
    ["SELECT encode(a, 'base64') AS b FROM 'a'", 15, '"*"'],
    ["SELECT encode(*, 'hex') AS b FROM 'a'", 18, "'base64'"],
    ["SELECT timestamp(1) AS b FROM 'a'", 18, '")"'],
    ["SELECT VALUE * FROM 'a'", 8, 'a field'],
    ["SELECT (SELECT 1 AS a FROM b) AS c FROM 'a'", 8, 'a field'],
    ["SELECT 99999999999999999999 AS a FROM 'a'", 8, 'between'],
    ['SELECT "a" AS a FROM \'a\'', 8, 'a name'],
    ["SELECT * FROM 'a'; SELECT * FROM 'b'", 18, 'an operator'],
    [`SELECT * FROM 'a' WHERE ${'('.repeat(40)}a${')'.repeat(40)}`, 58, 'nesting'],
    [`SELECT * FROM 'a' WHERE ${'not '.repeat(40)}a`, 157, 'nesting'],
  ])('%s is refused at its place', (sql, position, expected) => {
    const error = thrownBy(() => compileRule({ sql }));
    expect(error).toBeInstanceOf(SqlSyntaxError);
    expect(error).toMatchObject({ position });
    expect(String(error)).toContain(expected);
  });

  it('refuses a rule that is too long', () => {
    expect(() => compileRule({ sql: `SELECT a FROM 'a'${' '.repeat(16_384)}` })).toThrow(/at most 16384 characters/);
  });

  it('refuses another version of the language', () => {
    expect(() => compileRule({ sql: "SELECT * FROM 'a'", awsIotSqlVersion: '2015-10-08' })).toThrow(SqlSyntaxError);
  });

  const fragment = fc.oneof(
    fc.constantFrom('SELECT', 'FROM', 'WHERE', 'AS', 'and', 'or', 'not', 'in', "'a/+/#'", '*', ',', '.', '(', ')', '[', ']', '=', '<>', '<', 'null', 'true'),
    fc.constantFrom('topic', 'encode', 'timestamp()', "encode(*, 'base64')", 'topic(3)', 'a', 'b.c', '__proto__', '1', '-2.5', "'x'", "'"),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const soup = fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(' '));
  const condition = fc.array(fragment, { maxLength: 40 }).map((parts) => `SELECT *, topic(3) AS t FROM 'a/+' WHERE ${parts.join(' ')}`);

  it('either compiles or throws its own error, whatever the text', () => {
    let compiled = 0;
    fc.assert(
      fc.property(fc.oneof(soup, condition, fc.string({ unit: 'binary' })), (sql) => {
        const error = thrownBy(() => {
          const rule = compileRule({ sql });
          compiled += 1;
          const evaluation = thrownBy(() => rule.evaluate(message({ a: 1, b: { c: 'x' } })));
          expect(evaluation === undefined || evaluation instanceof SqlEvaluationError).toBe(true);
        });
        expect(error === undefined || error instanceof SqlSyntaxError).toBe(true);
      }),
      { numRuns: 5_000 },
    );
    expect(compiled).toBeGreaterThan(0);
  });

  it('evaluates any payload to an object, to nothing, or to its own error', () => {
    const rule = compileRule({ sql: "SELECT *, encode(*, 'base64') AS payload FROM 'a' WHERE a = 1 or b.c in ['x', null] or not d > 2" });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json().map((text) => Buffer.from(text)),
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        ),
        (payload) => {
          const error = thrownBy(() => rule.evaluate(message(payload)));
          expect(error === undefined || error instanceof SqlEvaluationError).toBe(true);
        },
      ),
    );
  });
});

function thrownBy(action: () => void): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}
