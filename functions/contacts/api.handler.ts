import { serve } from '../shared/serve.ts';
import {
  changeCompany,
  createCompany,
  getCompany,
  linkCompany,
  listCompanies,
  unlinkCompany,
} from './companies.ts';
import { changeContact, createContact, getContact, listContacts } from './contacts.ts';
import { createProduct, listProducts } from './products.ts';

export const handler = serve('contacts', {
  'contacts.create': createContact,
  'contacts.list': listContacts,
  'contacts.get': getContact,
  'contacts.change': changeContact,
  'companies.create': createCompany,
  'companies.list': listCompanies,
  'companies.get': getCompany,
  'companies.change': changeCompany,
  'companies.link': linkCompany,
  'companies.unlink': unlinkCompany,
  'products.create': createProduct,
  'products.list': listProducts,
});
