using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace RadiogenomicsCloud.AzureStorage.Links;

/// <summary>
/// Revokes the user-delegation keys of an account at the management plane. Asks for the action
/// <c>Microsoft.Storage/storageAccounts/revokeUserDelegationKeys/action</c>; takes effect within minutes, since services keep keys in a cache.
/// </summary>
internal sealed class DelegationKeys
{
    private const string ApiVersion = "2025-01-01";
    private static readonly Uri Management = new("https://management.azure.com");

    private readonly ResourceIdentifier account;
    private readonly HttpPipeline pipeline;

    public DelegationKeys(string accountResourceId, TokenCredential credential, ClientOptions options)
    {
        account = Parse(accountResourceId);
        pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, new Uri(Management, ".default").AbsoluteUri));
    }

    public Task RevokeAll(CancellationToken cancel) => AzureErrors.Translate(
        async () =>
        {
            using var message = pipeline.CreateMessage();
            message.Request.Method = RequestMethod.Post;
            message.Request.Uri.Reset(new Uri(Management, $"{account}/revokeUserDelegationKeys?api-version={ApiVersion}"));
            await pipeline.SendAsync(message, cancel).ConfigureAwait(false);
            if (message.Response.IsError)
                throw new RequestFailedException(message.Response);
        },
        $"the user delegation keys of '{account.Name}'",
        cancel);

    private static ResourceIdentifier Parse(string text) =>
        ResourceIdentifier.TryParse(text, out var id) && id is not null
            && string.Equals(id.ResourceType.ToString(), "Microsoft.Storage/storageAccounts", StringComparison.OrdinalIgnoreCase)
            ? id
            : throw new BadInputException("storage.resource_id", $"'{text}' is not the resource id of a storage account.", text);
}
