// The security contact of Microsoft Defender for Cloud.
// az deployment sub create --subscription ID --location REGION \
//   --template-file THIS-FILE
targetScope = 'subscription'

resource securityContact 'Microsoft.Security/securityContacts@2023-12-01-preview' = {
  name: 'default'
  properties: {
    isEnabled: true
    emails: 'soc@contoso.nl'
    notificationsByRole: {
      state: 'On'
      roles: [
        'Owner'
      ]
    }
    notificationsSources: [
      {
        sourceType: 'Alert'
        minimalSeverity: 'High'
      }
    ]
  }
}
