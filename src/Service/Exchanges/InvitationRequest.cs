namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>What an owner asks for when inviting a partner.</summary>
/// <param name="Partner">Name of the site; one line of at most 100 characters.</param>
/// <param name="UploadTime">Until the deadline; null for the setting of the service.</param>
/// <param name="IpRange">From where the links work: one IPv4 address, or two with a hyphen; null from anywhere.</param>
/// <param name="AllowRows">Consent to the use of a model whose file holds values of training cases.</param>
public sealed record InvitationRequest(
    string Partner, string Model, int Version, ExchangeTerms Terms, TimeSpan? UploadTime = null, string? IpRange = null, bool AllowRows = false);
