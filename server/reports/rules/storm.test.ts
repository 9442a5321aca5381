import { expect, test } from 'vitest'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { type LoggedStorm, switchesIn } from './storm.ts'

const at = (hour: string) => hanoi(`2026-03-02 ${hour}`)
const storm = (stormMode: boolean, switches: [string, boolean][] = [], endsAt: string | null = null): LoggedStorm => ({
  startsAt: at('06:00'),
  endsAt: endsAt === null ? null : at(endsAt),
  stormMode,
  switches: switches.map(([hour, on]) => ({ at: at(hour), on })),
})

test.each<[string, { from: string; incident: LoggedStorm | null }[], [string, string][]]>([
  ['belongs to none', [{ from: '10:00', incident: null }], [['10:00', 'working']]],
  ['runs on in a storm', [{ from: '10:00', incident: storm(true) }], [['10:00', 'always']]],
  [
    'of a storm that was called off meanwhile goes over when it was',
    [{ from: '10:00', incident: storm(false, [['11:00', false]]) }],
    [
      ['10:00', 'always'],
      ['11:00', 'working'],
    ],
  ],
  [
    'of a storm called off and on again goes over twice',
    [
      {
        from: '10:00',
        incident: storm(true, [
          ['11:00', false],
          ['12:00', true],
        ]),
      },
    ],
    [
      ['10:00', 'always'],
      ['11:00', 'working'],
      ['12:00', 'always'],
    ],
  ],
  [
    'of a storm that ended by itself goes over at its end',
    [{ from: '10:00', incident: storm(true, [], '13:00') }],
    [
      ['10:00', 'always'],
      ['13:00', 'working'],
    ],
  ],
  [
    'that was linked to a storm meanwhile goes over when it was, whatever that storm had been before',
    [
      { from: '10:00', incident: null },
      { from: '12:00', incident: storm(true, [['11:00', true]]) },
    ],
    [
      ['10:00', 'working'],
      ['12:00', 'always'],
    ],
  ],
])('the clock of an urgent report that %s', (_, spans, told) => {
  const dated = spans.map(({ from, incident }) => ({ from: at(from), incident }))
  const switches = switchesIn('urgent', dated, at('15:00'))
  const changes = switches.filter(({ time }, place) => time !== switches[place - 1]?.time)
  expect(changes).toEqual(told.map(([hour, time]) => ({ at: at(hour), time })))
})

test('the clock of any other report runs in working time in every storm', () => {
  const spans = [{ from: at('10:00'), incident: storm(true, [['11:00', true]]) }]
  expect(switchesIn('normal', spans, at('15:00')).every(({ time }) => time === 'working')).toBe(true)
})
