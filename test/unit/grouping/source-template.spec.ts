import { fillTemplate, SourceTemplates } from '../../../lib/grouping/source-template.js';
import { findTextLiterals } from '../../../lib/grouping/text-literals.js';

/** The template that a message has by the code that threw it. */
function templateBy(code: string, value: string, column = 1) {
  const frame = { file: 'a.js', line: 1, column, inApp: true };
  return new SourceTemplates('/srv/app', () => code).templateOf({
    type: 'Error',
    value,
    facts: {},
    frames: [frame],
  });
}

describe('the template of a message, read from the code that threw it', () => {
  it.each([
    ['throw new Error(`User ${name} not found`);', "User O'Hara 9 not found", 'User <*> not found'],
    ["throw new Error('User ' + user.name + ' not found');", 'User alice not found', 'User <*> not found'],
    ["throw new Error('Could not ' + 'pay');", 'Could not pay', 'Could not pay'],
    ['throw new NotFoundException(`User ${id} gone`, { cause: e });', 'User x gone', 'User <*> gone'],
    ['throw new PaymentError(402, `Card ${card} declined`);', 'Card x declined', 'Card <*> declined'],
    [
      'throw new HttpException({ message: `Card ${card} declined` }, 500);',
      'Card x declined',
      'Card <*> declined',
    ],
    ["throw new Error(ok ? 'Card declined' : `Card ${n} expired`);", 'Card x expired', 'Card <*> expired'],
    [
      'throw new Error(`Total ${a.map((x) => `${x}}`).join("}")} is off`);',
      'Total 1 is off',
      'Total <*> is off',
    ],
    ["throw new Error(`Path ${p} isn\\'t \\u{41}\\x42\\n`);", "Path x isn't AB\n", "Path <*> isn't AB\n"],
    [
      "throw new Error(\n  // the user's name\n  `User ${name} not found`,\n);",
      'User x not found',
      'User <*> not found',
    ],
    ["assert(user, 'User is missing');", 'User is missing', 'User is missing'],
    ['throw new Error(`Ends with ${x}`);', 'Ends with anything', 'Ends with <*>'],
    ['throw new Error(`${a}${b} begins`);', 'xy begins', '<*><*> begins'],
  ])('%s', (code, message, template) => expect(templateBy(code, message)).toBe(template));

  it.each([
    ['throw new Error(message);', 'User x not found'],
    ['throw new Error(`${a}: ${b}`);', 'User: not found'],
    ["throw new Error(t('errors.user'));", 'User x not found'],
    ['throw new Error(`User ${name} not found`);', 'User x not found, changed later'],
    ['throw new Error(`User ${name} not found', 'User x not found'],
    ['', 'User x not found'],
  ])('is not told by %s', (code, message) => expect(templateBy(code, message)).toBeUndefined());

  it('keeps what an error within the message says, without its data', () => {
    expect(
      templateBy('throw new Error(`Sync failed: ${err.message}`);', 'Sync failed: quota 5 used up'),
    ).toBe('Sync failed: quota <*> used up');
  });

  it('keeps statuses', () => {
    const code = 'throw new Error(`Upstream said ${res.status}`);';
    expect(templateBy(code, 'Upstream said 404')).toBe('Upstream said 404');
  });

  it('is found behind the column, and in the whole line where the column is off', () => {
    const code = "if (bad('User is bad')) { throw new Error(`User ${name} not found`); }";
    expect(templateBy(code, 'User x not found', code.indexOf('new ') + 1)).toBe('User <*> not found');
    expect(templateBy(code, 'User x not found', code.length)).toBe('User <*> not found');
  });

  it('is found in a long line of minified code', () => {
    const code = `${'x();'.repeat(5000)}throw new Error(\`User \${n} not found\`)`;
    expect(templateBy(code, 'User x not found', code.indexOf('new ') + 1)).toBe('User <*> not found');
  });

  it('matches in order and without overlap', () => {
    const [literal] = findTextLiterals('`ab${x}ba`');
    expect(literal && fillTemplate(literal, 'aba')).toBeUndefined();
    expect(literal && fillTemplate(literal, 'abba')).toBe('ab<*>ba');
  });

  it('costs little on code that is hard to read', () => {
    for (const piece of ['`${', '"', "'", '`', '${', '(', '{[(', '/*', '//', '\\', '`${`${"']) {
      expect(findTextLiterals(piece.repeat(1000)).length).toBeLessThanOrEqual(12);
    }
  });
});

describe('reading source', () => {
  const read = jest.fn((_root: string, file: string) =>
    file === 'a.js' ? 'items.map((x) => pay(x));' : undefined,
  );
  const frame = (file: string, line = 1) => ({ file, line, column: 5, inApp: true });

  it('happens once per place, found or not', () => {
    const templates = new SourceTemplates('/srv/app', read);
    for (let n = 0; n < 3; n++) {
      templates.lineOf(frame('a.js'));
      templates.lineOf(frame('missing.js'));
    }
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('leaves files outside the application alone', () => {
    read.mockClear();
    new SourceTemplates('/srv/app', read).lineOf({ ...frame('/etc/x.js'), inApp: false });
    expect(read).not.toHaveBeenCalled();
  });

  it('gives the line without blanks, and none where there is none or it is minified', () => {
    const lineOf = (code: string, line = 1) =>
      new SourceTemplates('/', () => code).lineOf(frame('a.js', line));
    expect(lineOf('  items.map((x) => pay(x)); \nb')).toBe('items.map((x)=>pay(x))');
    expect(lineOf('x'.repeat(200))).toHaveLength(120);
    expect(lineOf('x'.repeat(301))).toBeUndefined();
    expect(lineOf('x', 9)).toBeUndefined();
  });
});
