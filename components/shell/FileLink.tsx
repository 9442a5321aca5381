'use client'

import { Download } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { addressFor } from '#components/trpc/drawn-for.ts'
import { useDrawnFor } from '#components/trpc/TrpcProvider.tsx'
import { takeFile } from '#components/ui/save-file.ts'
import { stepUpLimits } from '#server/platform/rules/limits.ts'
import { useStepUp } from './use-step-up.tsx'

type Props = { href: string; rows: number; className?: string | undefined; children: ReactNode }

/** A file with so many reports to take away; of many, whoever takes them first shows who he is. */
export function FileLink({ href, rows, className, children }: Props) {
  const { stepUp, dialog } = useStepUp()
  const address = addressFor(href, useDrawnFor())
  const click = (event: MouseEvent) => {
    if (rows <= stepUpLimits.rows) return
    event.preventDefault()
    void stepUp(rows, () => takeFile(address))
  }
  return (
    <>
      <a className={className} href={address} download onClick={click}>
        <Download size={15} aria-hidden="true" />
        {children}
      </a>
      {dialog}
    </>
  )
}
