import { describe, expect, test } from 'vitest'
import { afterNews, type Idleness, isIdle, isTouchDue } from './idle.ts'

const minute = 60_000
const atWork: Idleness = { lastActive: 0, lastTouch: 0, locked: false }
const locked: Idleness = { ...atWork, locked: true }

describe('the desk', () => {
  test('is idle when the minutes have passed, not before', () => {
    expect(isIdle(atWork, 30 * minute - 1, 30)).toBe(false)
    expect(isIdle(atWork, 30 * minute, 30)).toBe(true)
  })

  test('notifies the server at most once a minute that someone is active, and never while locked', () => {
    expect(isTouchDue(atWork, minute - 1)).toBe(false)
    expect(isTouchDue(atWork, minute)).toBe(true)
    expect(isTouchDue(locked, minute)).toBe(false)
  })

  test('stays open while another tab is active', () => {
    const state = afterNews(atWork, { kind: 'active', username: 'dieuphoi', at: 29 * minute }, 29 * minute)
    expect(isIdle(state, 31 * minute, 30)).toBe(false)
    expect(isTouchDue(state, 29 * minute + 1)).toBe(false)
  })

  test('locks with the other tabs', () => {
    expect(afterNews(atWork, { kind: 'locked', username: 'dieuphoi' }, minute).locked).toBe(true)
  })

  test('is not unlocked by input at the machine, only by the password in some tab', () => {
    expect(afterNews(locked, { kind: 'active', username: 'dieuphoi', at: minute }, minute)).toEqual(locked)
    expect(afterNews(locked, { kind: 'unlocked', username: 'dieuphoi' }, minute)).toEqual({
      lastActive: minute,
      lastTouch: minute,
      locked: false,
    })
  })
})
