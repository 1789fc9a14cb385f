import { Injectable } from '@nestjs/common';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly card: { readonly number: string; readonly cvc: string };
}

@Injectable()
export class CustomersService {
  /** Puts secrets into its message, which nobody should do. The tracker masks them. */
  register(registration: Registration, authorization: string | undefined): never {
    throw new Error(
      `The customer service refused ${registration.email}: password=${registration.password}, ` +
        `card ${registration.card.number}, sent with ${authorization ?? 'no token'}`,
    );
  }
}
