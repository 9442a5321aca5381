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

test('a user with several tabs is one person, shown with what matters most to others', () => {
  const tabs = [
    tab('lan', { isIdle: true }),
    tab('lan', { doing: 'writing' }),
    tab('lan', { isUnsaved: true, isIdle: true }),
  ]
  expect(byPerson(tabs)).toEqual([tab('lan', { doing: 'writing', isUnsaved: true })])
})

test('those who write come first, those who are away last', () => {
  const people = byPerson([tab('an', { isIdle: true }), tab('bình'), tab('ánh'), tab('sơn', { doing: 'writing' })])
  expect(people.map(({ name }) => name)).toEqual(['sơn', 'ánh', 'bình', 'an'])
})
