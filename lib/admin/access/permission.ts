/** `view` reads; `triage` changes states; `delete` removes issues with their events. */
export type AdminAction = 'view' | 'triage' | 'delete';

/**
 * Decides who may use the dashboard and its API. Register it with `forRoot({ permission: MyPermission })`; it is
 * built by Nest's DI. Without one the dashboard is not mounted.
 */
export abstract class Permission {
  /**
   * @param request the framework's request object
   * @returns only a literal `true` admits; anything else, a throw, or no answer within 5 seconds denies
   */
  abstract allows(request: unknown, action: AdminAction): boolean | Promise<boolean>;
}
