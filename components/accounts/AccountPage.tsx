import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { Page } from '#components/ui/Page.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { PersonAvatar } from '#components/ui/PersonAvatar.tsx'
import { PropertyList } from '#components/ui/PropertyList.tsx'
import type { Device } from '#server/accounts/queries/devices.ts'
import type { Myself } from '#server/accounts/queries/me.ts'
import type { Substitutions } from '#server/accounts/queries/substitutions.ts'
import type { Role } from '#server/accounts/rules/actor.ts'
import { permissions } from '#server/accounts/rules/permissions.ts'
import styles from './AccountPage.module.css'
import { ChangePasswordForm } from './ChangePasswordForm.tsx'
import { Devices } from './Devices.tsx'
import { OwnSecondFactor } from './OwnSecondFactor.tsx'
import { OwnSubstitutions } from './OwnSubstitutions.tsx'
import { PreferenceFields } from './PreferenceFields.tsx'

const leading: readonly Role[] = permissions['insights.today']

type Props = {
  me: Myself
  devices: readonly Device[]
  substitutions: Substitutions
  factor: ComponentProps<typeof OwnSecondFactor>['initial']
}

/** The account page: what users see of their own account, and may change without approval. */
export function AccountPage({ me, devices, substitutions, factor }: Props) {
  const t = useTranslations('accounts')
  const roles = me.roles.map(({ role, agency }) =>
    t('own.roleAt', { role: t(`roles.${role}`), agency: agency.shortName }),
  )
  return (
    <Page>
      <PageHeader
        lead={<PersonAvatar name={me.name} size={40} />}
        title={me.name}
        sentence={[me.position, me.agency.name].filter(Boolean).join(' · ')}
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          <section className={styles.part} aria-label={t('own.title')}>
            <PropertyList
              items={[
                { key: 'username', label: t('own.username'), value: me.username },
                { key: 'agency', label: t('own.agency'), value: me.agency.name },
                { key: 'roles', label: t('own.roles'), value: roles.length > 0 ? roles.join(', ') : t('own.noRoles') },
              ]}
            />
          </section>
          <section className={styles.part} aria-labelledby="second-factor">
            <OwnSecondFactor username={me.username} initial={factor} />
          </section>
          <section className={styles.part} aria-labelledby="substitutions">
            <h2 id="substitutions">{t('substitutions.title')}</h2>
            <p className={styles.sentence}>{t('substitutions.sentence')}</p>
            <OwnSubstitutions holderId={me.id} initial={substitutions} />
          </section>
          <section className={styles.part} aria-labelledby="devices">
            <h2 id="devices">{t('devices.title')}</h2>
            <p className={styles.sentence}>{t('devices.sentence')}</p>
            <Devices initial={devices} />
          </section>
        </div>
        <div className={styles.column}>
          <section className={styles.part} aria-labelledby="change-password">
            <h2 id="change-password">{t('changePassword.title')}</h2>
            <p className={styles.sentence}>{t('changePassword.sentence')}</p>
            <ChangePasswordForm username={me.username} />
          </section>
          <section className={styles.part} aria-labelledby="preferences">
            <h2 id="preferences">{t('preferences.title')}</h2>
            <PreferenceFields leads={me.roles.some(({ role }) => leading.includes(role))} />
          </section>
        </div>
      </div>
    </Page>
  )
}
