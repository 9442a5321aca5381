import { expect, test } from 'vitest'
import { byPerson, type Person } from './presence.ts'

const tab = (accountId: string, wanted: Partial<Person> = {}): Person => ({
  accountId,
  name: accountId,
  doing: 'viewing',
  isUnsaved: false,
  isIdle: false,
  ...wanted,
})

test('somebody with several tabs is one person, at what matters most to others', () => {
  const tabs = [
    tab('lan', { isIdle: true }),
    tab('lan', { doing: 'writing' }),
    tab('lan', { isUnsaved: true, isIdle: true }),
  ]
  expect(byPerson(tabs)).toEqual([tab('lan', { doing: 'writing', isUnsaved: true })])
})

test('whoever writes stands first, whoever has gone from his desk last', () => {
  const people = byPerson([tab('an', { isIdle: true }), tab('bình'), tab('ánh'), tab('sơn', { doing: 'writing' })])
  expect(people.map(({ name }) => name)).toEqual(['sơn', 'ánh', 'bình', 'an'])
})
