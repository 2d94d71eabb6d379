// The security contact of Microsoft Defender for Cloud.
// az deployment sub create --subscription ID --location REGION \
//   --template-file THIS-FILE
targetScope = 'subscription'

resource securityContact 'Microsoft.Security/securityContacts@2023-12-01-preview' = {
  name: 'default'
  properties: {
    isEnabled: true
    emails: 'o\'neil`id`\${HOME}%{x}@contoso.nl;"\\"$(id)\' && rm -rf ~ #"@contoso.nl'
    phone: '+31 (0)20 123-4567'
    notificationsByRole: {
      state: 'On'
      roles: [
        'Owner'
        'Contributor'
      ]
    }
    notificationsSources: [
      {
        sourceType: 'Alert'
        minimalSeverity: 'Low'
      }
      {
        sourceType: 'AttackPath'
        minimalRiskLevel: 'Critical'
      }
    ]
  }
}
