import { loadMailer } from '../../../lib/notify/mailer-loader.js';

const MAILER = '@nestjs-modules/mailer';

describe('loadMailer', () => {
  afterEach(() => {
    jest.resetModules();
    jest.dontMock(MAILER);
  });

  it.each([
    [
      "Cannot find package '@nestjs-modules/mailer' imported from /app/x.js",
      'npm install @nestjs-modules/mailer nodemailer lodash',
    ],
    ["Cannot find module 'nodemailer'\nRequire stack:", "'nodemailer' is not installed"],
    ["Cannot find module 'lodash'\nRequire stack:", 'Install it: npm install lodash'],
    ['Something else broke', 'could not be loaded (Something else broke)'],
  ])('answers "%s" with the cure', async (reason, cure) => {
    jest.doMock(MAILER, () => {
      throw new Error(reason);
    });
    await expect(loadMailer()).rejects.toMatchObject({ name: 'ErrorTrackerConfigurationError' });
    await expect(loadMailer()).rejects.toThrow(cure);
  });

  it('loads the package where it is installed', async () => {
    await expect(loadMailer()).resolves.toHaveProperty('MailerService');
  });
});
