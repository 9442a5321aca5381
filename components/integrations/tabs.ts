/** The parts of the integrations, each with its own page. */
export const integrationTabs = { clients: '/admin/integrations' } as const
export type IntegrationTab = keyof typeof integrationTabs
