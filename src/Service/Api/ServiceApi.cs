using Microsoft.Extensions.Logging;

namespace RadiogenomicsCloud.Service.Api;

/// <summary>The HTTP API of the service, without a web server: the local host maps it to one, Functions to a trigger.</summary>
public static class ServiceApi
{
    public static ApiRouter Create(ApiServices services, ILoggerFactory logging)
    {
        ArgumentNullException.ThrowIfNull(services);
        var router = new ApiRouter(logging.CreateLogger<ApiRouter>());
        new HealthHandlers(services).AddTo(router);
        new CohortHandlers(services).AddTo(router);
        new JobHandlers(services, new CaseLists(services)).AddTo(router);
        new ResultHandlers(services).AddTo(router);
        new ExchangeHandlers(services).AddTo(router);
        new ModelHandlers(services.Parts.Models, services.Parts.Looks).AddTo(router);
        return router;
    }
}
