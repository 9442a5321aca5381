import { bulletinMetadata, bulletinPage } from '../../../public-pages.tsx'

export const generateMetadata = bulletinMetadata('en')
export default bulletinPage('en')
