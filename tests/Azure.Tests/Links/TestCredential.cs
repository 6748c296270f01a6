using Azure.Core;
using RadiogenomicsCloud.Tests.Azurite;

namespace RadiogenomicsCloud.Azure.Tests.Links;

/// <summary>An identity that the emulator takes.</summary>
internal sealed class TestCredential : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(AzuriteIdentity.Token(), DateTimeOffset.UtcNow.AddHours(1));

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
