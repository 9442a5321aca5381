'use client'

import { createContext } from 'react'
import type { OpenTime } from './countdown.ts'

/** The server's latest open time of the calendars; null before the first. */
export const OpenTimeContext = createContext<OpenTime | null>(null)
