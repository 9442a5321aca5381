'use client'

import { createContext } from 'react'
import type { OpenTime } from './countdown.ts'

/** The newest word from the server on how far its calendars have come; null before the first. */
export const OpenTimeContext = createContext<OpenTime | null>(null)
