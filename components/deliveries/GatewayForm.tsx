'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { CountField } from '#components/ui/CountField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { GatewayRow } from '#server/deliveries/queries/gateways.ts'
import { gatewayKinds } from '#server/deliveries/rules/delivery.ts'
import {
  type ChangeGateway,
  type CreateGateway,
  changeGatewayInput,
  createGatewayInput,
} from '#server/deliveries/rules/schemas.ts'
import { deliveryLimits } from '#server/platform/rules/limits.ts'
import styles from './Deliveries.module.css'
import type { ShownSecret } from './SigningSecretDialog.tsx'
import { TemplateFields } from './TemplateFields.tsx'

type Props = { gateway: GatewayRow | null; onDone: (made: ShownSecret | null) => void; onClose: () => void }

const fresh = {
  kind: 'sms' as const,
  name: '',
  clientId: null,
  address: '',
  method: 'POST' as const,
  format: 'json' as const,
  headers: 'Authorization: Bearer {{secret}}',
  body: '{\n  "to": "{{phone84}}",\n  "text": "{{text}}",\n  "requestId": "{{key}}"\n}',
  acceptedField: '',
  acceptedValue: '',
  refusedValues: '',
  receiptField: '',
  receiptNumberField: '',
  receiptStateField: '',
  deliveredValues: '',
  undeliveredValues: '',
  withoutAccents: true,
}

const noSecrets = { secret: '', namedSecrets: {} }

export type GatewayValues = Omit<typeof fresh, 'kind' | 'clientId' | 'method' | 'format'> & {
  kind: GatewayRow['kind']
  clientId: string | null
  method: GatewayRow['method']
  format: GatewayRow['format']
  perMinute: number | null
  secret: string
  namedSecrets: Record<string, string>
}

/** Creates or changes a gateway. Its kind cannot change, and a separate dialog replaces its secret. */
export function GatewayForm({ gateway, onDone, onClose }: Props) {
  const t = useTranslations('deliveries')
  const problemOf = useProblemText()
  const refusalText = useRefusalText()
  const toast = useToast()
  const trpc = useTRPC()
  const clients = useQuery(trpc.gateways.clients.queryOptions())
  const [refusal, setRefusal] = useState<unknown>(null)
  const create = useMutation(trpc.gateways.create.mutationOptions())
  const change = useMutation(trpc.gateways.change.mutationOptions())
  const { attempt, dialog } = useConfirmedAttempt()
  const initial: GatewayValues = gateway
    ? { ...gateway, ...noSecrets }
    : { ...fresh, ...noSecrets, perMinute: deliveryLimits.perMinute.usual }
  const form = useForm<GatewayValues, CreateGateway | ChangeGateway>(
    gateway ? changeGatewayInput : createGatewayInput,
    initial,
  )
  const { values, problems, set } = form
  const submit = () => {
    const made = form.check()
    if (!made) return
    const run = async () => {
      const { signingSecret } = 'id' in made ? await change.mutateAsync(made) : await create.mutateAsync(made)
      toast({ text: t('gateways.done.saved', { name: values.name }), tone: 'success' })
      onDone(signingSecret === null ? null : { name: values.name, secret: signingSecret })
    }
    void attempt({ run, onRefused: setRefusal })
  }
  const isTemplate = values.kind === 'sms' || values.kind === 'zalo'
  return (
    <FormSheet
      title={gateway ? t('gateways.form.change', { name: gateway.name }) : t('gateways.form.add')}
      submitLabel={t('gateways.form.submit')}
      busy={create.isPending || change.isPending}
      isChanged={form.isChanged}
      refusal={
        refusal !== null && (
          <p role="alert" className={styles.problem}>
            {refusalText(refusal)}
          </p>
        )
      }
      onSubmit={submit}
      onClose={onClose}
    >
      {!gateway && (
        <FormField label={t('gateways.form.kind')}>
          {(field) => (
            <SelectInput
              {...field}
              value={values.kind}
              onChange={(event) => set('kind', event.target.value as GatewayValues['kind'])}
            >
              {gatewayKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`channels.${kind}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
      )}
      <FormField
        label={t('gateways.form.name')}
        hint={t('gateways.form.nameHint')}
        error={problemOf(problems.name)}
        required
      >
        {(field) => <TextInput {...field} value={values.name} onChange={(event) => set('name', event.target.value)} />}
      </FormField>
      {values.kind === 'app' && !gateway && (
        <FormField
          label={t('gateways.form.client')}
          hint={clients.data?.length === 0 ? t('gateways.form.noClient') : t('gateways.form.clientHint')}
          error={problemOf(problems.clientId)}
          required
        >
          {(field) => (
            <SelectInput
              {...field}
              value={values.clientId ?? ''}
              onChange={(event) => set('clientId', event.target.value || null)}
            >
              <option value="">{t('gateways.form.chooseClient')}</option>
              {clients.data?.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
      )}
      {values.kind !== 'mail' && (
        <FormField
          label={t('gateways.form.address')}
          hint={gateway && isTemplate ? t('gateways.form.addressHint') : undefined}
          error={problemOf(problems.address)}
          required
        >
          {(field) => (
            <TextInput
              {...field}
              type="url"
              placeholder="https://"
              value={values.address}
              onChange={(event) => set('address', event.target.value)}
            />
          )}
        </FormField>
      )}
      {values.kind === 'mail' && <p>{t('gateways.noServer')}</p>}
      {isTemplate && <TemplateFields values={values} problems={problems} isNew={!gateway} set={set} />}
      <CountField
        label={t('gateways.form.perMinute')}
        unit={t('gateways.form.perMinuteUnit')}
        value={values.perMinute}
        error={problemOf(problems.perMinute)}
        onChange={(count) => set('perMinute', count)}
      />
      {dialog}
    </FormSheet>
  )
}
