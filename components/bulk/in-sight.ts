import { useEffect } from 'react'

const inSight = new Set<string>()

/** Whether a run is followed on screen, so that its end needs no separate notice. */
export const isInSight = (id: string): boolean => inSight.has(id)

export function useInSight(id: string): void {
  useEffect(() => {
    inSight.add(id)
    return () => {
      inSight.delete(id)
    }
  }, [id])
}
