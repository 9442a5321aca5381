/** Values that no form sends: each is tried at the places of every input. */
export const hostileValues: readonly unknown[] = [...strings(), ...numbers(), ...dates(), ...shapes()]

/** Values known to break things, here or elsewhere: tried at every place, the others at one in eight. */
export const likeliest: ReadonlySet<unknown> = new Set([
  '',
  ' ',
  '\u0000',
  '\ud800',
  '...',
  '%_\\',
  '00000000-0000-0000-0000-000000000000',
  '99999999999999999999999999',
  '0001-01-01',
  -1,
  2 ** 31,
  2 ** 53,
  undefined,
  null,
])

function strings(): string[] {
  return [
    '',
    ' ',
    '\u0000',
    'cây\u0000đổ',
    '\ud800',
    '\udfff\ud800',
    '\u202e\u2066đổ',
    `e${'\u0301'.repeat(500)}`,
    '🚒',
    '...',
    '%',
    '%_\\',
    '%E0%A4%A',
    "' or 1=1 --",
    '<script>alert(1)</script>',
    '{{code}} {code}',
    '!&|():*<->',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    'javascript:alert(1)',
    '=1+1',
    'cay đổ'.normalize('NFD'),
    'x'.repeat(501),
    'đ'.repeat(20_001),
    '0',
    '-1',
    '2147483648',
    '9223372036854775808',
    '99999999999999999999999999',
    '1e400',
    'NaN',
    'infinity',
    '0000-00-00',
    '0000-01-01',
    '0001-01-01',
    '2026-02-30',
    '9999-12-31',
    '+275760-09-13',
    '-000001-01-01',
    '24:00',
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'HN-000000-0000',
    'a@b.c',
  ]
}

function numbers(): number[] {
  const int4 = 2 ** 31
  return [
    0,
    -0,
    -1,
    0.5,
    1e-320,
    32_768,
    int4 - 1,
    int4,
    -int4,
    -int4 - 1,
    Number.MAX_SAFE_INTEGER,
    2 ** 53,
    1e21,
    Number.MAX_VALUE,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
}

function dates(): Date[] {
  const days = ['0000-01-01', '-000001-12-31', '0001-01-01', '1582-10-10', '1969-12-31', '9999-12-31', '+010000-01-01']
  return [...days.map((day) => new Date(day)), new Date(8.64e15), new Date(-8.64e15), new Date(Number.NaN)]
}

function shapes(): unknown[] {
  let deep: unknown = 'x'
  for (let depth = 0; depth < 500; depth++) deep = [deep]
  return [
    undefined,
    null,
    true,
    10n ** 400n,
    [],
    [[]],
    [null],
    {},
    { length: -1 },
    { type: 'doc', content: 'x' },
    Object.create(null),
    new Map([['a', 1]]),
    new Set([1]),
    deep,
  ]
}
