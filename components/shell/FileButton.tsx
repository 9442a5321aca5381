'use client'

import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { addressFor } from '#components/trpc/drawn-for.ts'
import { useDrawnFor } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { takeFile } from '#components/ui/save-file.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { useStepUp } from './use-step-up.tsx'

type Props = {
  address: string
  fields: Record<string, string>
  rows: number
  className?: string | undefined
  children: ReactNode
}

/** Downloads a file with this number of reports; a large one first asks for a confirmation of identity. */
export function FileButton({ address, fields, rows, className, children }: Props) {
  const { stepUp, dialog } = useStepUp()
  const headers = useDrawnFor()
  const toast = useToast()
  const refusalText = useRefusalText()
  const take = () =>
    takeFile(addressFor(address, headers), new URLSearchParams(fields), (refusal) =>
      toast({ key: 'file', tone: 'failure', text: refusalText(refusal) }),
    )
  return (
    <>
      <Button className={className} icon={<Download />} onClick={() => void stepUp({ rows }, take)}>
        {children}
      </Button>
      {dialog}
    </>
  )
}
