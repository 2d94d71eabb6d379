# The security contact of Microsoft Defender for Cloud.
#
#   ./THIS-FILE.ps1 SUBSCRIPTION-ID...
#
# Without an id it is written to the subscription of Get-AzContext.
# Set-AzSecurityContact knows neither isEnabled nor attack paths.
$ErrorActionPreference = 'Stop'

$payload = '{"properties": {"isEnabled": true, "emails": "soc@contoso.nl", "notificationsByRole": {"state": "On", "roles": ["Owner"]}, "notificationsSources": [{"sourceType": "Alert", "minimalSeverity": "High"}]}}'

$subscriptions = @($args)
if ($subscriptions.Count -eq 0) {
    $subscriptions = @((Get-AzContext).Subscription.Id)
}
foreach ($subscription in $subscriptions) {
    $path = "/subscriptions/${subscription}/" +
        'providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview'
    $answer = Invoke-AzRestMethod -Method PUT -Path $path -Payload $payload
    if ($answer.StatusCode -notin 200, 201) {
        throw "${subscription}: HTTP $($answer.StatusCode) $($answer.Content)"
    }
}
